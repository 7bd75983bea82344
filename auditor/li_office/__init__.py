"""The LI-cleared run: what the office for lawful interception uses, and nobody else.

Own commands (`auditor li-token`, `li-audit`, `li-open`), own credentials, own output. Nothing of an ordinary audit
imports this package, and what it writes cannot be read by the report renderers. See docs/lawful-intercept-office.md.
"""
