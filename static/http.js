/* Requests of ours: the forgery token on each, and one way to post a form's values. */
const token = document.querySelector("meta[name='csrf-token']")?.content ?? "";

document.addEventListener("htmx:configRequest", (event) => {
  event.detail.headers["X-CSRFToken"] = token;
});

/** Post values (an object or FormData); gives the response, throws when it is refused. */
export async function post(url, values = {}) {
  const body = values instanceof FormData ? values : new URLSearchParams(values);
  const headers = { "X-CSRFToken": token, "X-Requested-With": "fetch" };
  const response = await fetch(url, { method: "POST", body, headers });
  if (!response.ok) throw new Error(`${response.status}`);
  return response;
}
