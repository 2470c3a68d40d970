"""Our products: everyone may look them up, some may change them."""

from __future__ import annotations

from flask import abort, request
from flask.typing import ResponseReturnValue

from app import db
from app.access import allowed
from app.records.forms import ProductFilter, ProductForm
from app.records.models import Product
from app.records.queries import PRODUCT_SORTS, ProductWish, product_rows
from app.records.views.blueprint import records
from app.users.company import COMPANY, company_from
from app.users.queries import find_setting
from app.web import (
    _,
    commit_or_stale,
    invalid,
    list_place,
    list_sort,
    render,
    see,
    stale_page,
)

MANAGE = "manage products"


@records.get("/settings/products")
def products() -> ResponseReturnValue:
    """What we sell."""
    form = ProductFilter(request.args)
    sort, descending = list_sort(PRODUCT_SORTS)
    wish = ProductWish(form.q.data or "", form.archived.data, sort, descending)
    page = product_rows(db.session(), wish, list_place())
    return render("records/products.html", form=form, page=page, wish=wish)


@records.route("/settings/products/add", methods=["GET", "POST"])
@allowed(MANAGE)
def add_product() -> ResponseReturnValue:
    """Add a product."""
    if request.method == "GET":
        company = company_from(find_setting(db.session(), COMPANY))
        form = ProductForm(currency=company.currency)
        return render("records/product.html", form=form, product=None)
    form = ProductForm()
    if not form.validate():
        return invalid("records/product.html", form=form, product=None)
    product = Product()
    form.fill(product)
    db.session().add(product)
    db.session().commit()
    return see("records.products", _("%(name)s is added.", name=product.name))


@records.route("/settings/products/<int:product_id>/edit", methods=["GET", "POST"])
@allowed(MANAGE)
def edit_product(product_id: int) -> ResponseReturnValue:
    """Change a product."""
    product = _product(product_id)
    form = ProductForm(obj=product)
    if request.method == "GET":
        return render("records/product.html", form=form, product=product)
    if not form.validate():
        return invalid("records/product.html", form=form, product=product)
    if form.is_stale(product):
        return stale_page(form, product)
    form.fill(product)
    return commit_or_stale(form, product) or see("records.products", _("Saved."))


@records.post("/settings/products/<int:product_id>/archive")
@allowed(MANAGE)
def archive_product(product_id: int) -> ResponseReturnValue:
    """Put a product away; what was sold of it stays."""
    product = _product(product_id)
    product.archived_at = db.now()
    db.session().commit()
    undo = f"/settings/products/{product_id}/restore"
    return see("records.products", _("%(name)s is archived.", name=product.name), undo=undo)


@records.post("/settings/products/<int:product_id>/restore")
@allowed(MANAGE)
def restore_product(product_id: int) -> ResponseReturnValue:
    """Bring a product back."""
    product = _product(product_id)
    product.archived_at = None
    db.session().commit()
    return see("records.products", _("%(name)s is back.", name=product.name))


def _product(product_id: int) -> Product:
    product = db.session().get(Product, product_id)
    if product is None:
        abort(404)
    return product
