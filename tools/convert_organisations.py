"""Bring a directory of organisations into the product's form; not needed at run time.

Usage: python tools/convert_organisations.py FOLDER [knowledge]
FOLDER holds organisations.yaml and offices_by_region.csv as described in docs/organisations.md.
Files that an editor added by hand are left alone; those named in the directory are written anew.
"""

import csv
import re
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

NEVER = {"rdk-nuernberg"}  # not to be routed to: see docs/organisations.md
TIES_TO_RUSSIA = {"bvre"}  # a warning stands before the contact
NO_OFFICES = {"jobcenter", "employment_agency"}  # those come from knowledge/offices
CONTACTS = {
    "sourced_current": "sourced_current",
    "verify_first": "verify_first",
    "website_only": "website_only",
}
SERVICES = {
    "MBE": ["social_counselling", "job_counselling"],
    "JMD": ["youth", "social_counselling"],
    "recognition": ["recognition_counselling"],
    "labour_law": ["labour_law_counselling"],
    "job_counselling": ["job_counselling"],
    "social_counselling": ["social_counselling"],
    "FIB": ["social_counselling"],
    "welcome_center": ["job_counselling"],
    "municipal_integration": ["social_counselling"],
}
LABEL = 24


def main(folder: Path, knowledge: Path) -> None:
    """Write one file for each organisation that may be shown."""
    target = knowledge / "organisations"
    target.mkdir(exist_ok=True)
    directory = yaml.safe_load((folder / "organisations.yaml").read_text("utf-8"))
    written = {entry["id"]: _organisation(entry) for entry in directory["organisations"]}
    with (folder / "offices_by_region.csv").open(encoding="utf-8") as rows:
        written |= {row["id"]: _office(row) for row in csv.DictReader(rows) if _is_shown(row)}
    for key, entry in written.items():
        if key not in NEVER and entry["sources"]:
            file = target / f"{key}.yaml"
            file.write_text(_yaml(entry), encoding="utf-8")


def _organisation(entry: dict[str, Any]) -> dict[str, Any]:
    status = entry["contact_status"]
    contact = CONTACTS.get(status, "website_only" if entry["website"] else "none")
    kept = contact in ("sourced_current", "verify_first")
    land = entry["land"] or ""
    return {
        "name": entry["name"],
        "short": _short(entry["short_name"], entry["name"], entry["website"]),
        "website": entry["website"],
        "phone": entry["phone"] if kept else "",
        "email": entry["email"] if kept else "",
        "place": {
            "municipality": entry["city"],
            "plz": entry["plz"] if kept or contact == "website_only" else "",
            "street": entry["street"] if kept else "",
            "land": "" if land == "bundesweit" else land,
        },
        "nationwide": land == "bundesweit",
        "languages": entry["languages"],
        "services": entry["services"],
        "for_whom": entry["target_groups"],
        "member_of_bvre": entry["bvre_member_status"] in ("self", "current"),
        "contact": contact,
        "warning": "ties_to_russia" if entry["id"] in TIES_TO_RUSSIA else "",
        "as_of": _day(entry["contact_source_date"] if kept else entry["source_date"]),
        "sources": _sources(entry["sources"]),
    }


def _office(row: dict[str, str]) -> dict[str, Any]:
    website = row["website"]
    if website and "://" not in website:
        website = f"https://{website}"
    name = row["name"]
    if row["type"] == "municipal_integration":
        name = f"{row['city']}: Integrationsstelle im Rathaus"
    return {
        "name": name,
        "short": _short("", name, website),
        "website": website,
        "phone": row["phone"],
        "email": row["email"],
        "place": {
            "municipality": row["city"],
            "plz": row["plz"],
            "street": row["street"],
            "land": row["land"],
        },
        "nationwide": False,
        "languages": [code for code in row["languages"].replace(",", ";").split(";") if code],
        "services": SERVICES.get(row["type"], ["social_counselling"]),
        "for_whom": [],
        "member_of_bvre": False,
        "contact": "sourced_current" if row["show"] == "yes" else "verify_first",
        "warning": "",
        "as_of": _day(row["source_date"]),
        "sources": _sources([{"url": row["source_url"], "date": row["source_date"]}]),
    }


def _is_shown(row: dict[str, str]) -> bool:
    return row["type"] not in NO_OFFICES and row["show"] in ("yes", "verify_first")


def _short(short: str, name: str, website: str) -> str:
    """Return a name that fits a button: the short one, the name, or the site's address."""
    host = urlsplit(website).hostname or ""
    plain = name.replace(" e.V.", "").partition(" (")[0].partition(" – ")[0].partition(",")[0]
    for label in (short, name, plain, host.removeprefix("www.")):
        if label and len(label) <= LABEL:
            return label
    return plain[:LABEL].rsplit(" ", 1)[0]


def _sources(sources: list[dict[str, Any]]) -> list[dict[str, str]]:
    """Return the complete public addresses, newest first, four at most."""
    complete = [
        {"url": address, "date": source["date"]}
        for source in sources
        if source.get("url_complete", True) is not False and (address := _address(source["url"]))
    ]
    complete.sort(key=lambda source: str(source["date"] or ""), reverse=True)
    return [{"title": _title(source), "url": source["url"]} for source in complete[:4]]


def _address(written: str) -> str:
    """Return a public address; "github:owner/name …" is that of the repository."""
    if written.startswith("github:"):
        repository = re.match(r"[\w.-]+/[\w.-]+", written.removeprefix("github:"))
        return f"https://github.com/{repository[0]}" if repository else ""
    return written if re.fullmatch(r"https?://\S+", written) else ""


def _title(source: dict[str, Any]) -> str:
    host = (urlsplit(source["url"]).hostname or "").removeprefix("www.")
    return f"{host}, {source['date']}" if source["date"] else host


def _day(date: Any) -> str:
    """Return a date; of a partial one its first day, of none nothing."""
    parts = str(date or "").split("-")
    if not parts[0].isdecimal():
        return ""
    return "-".join([parts[0], *[*parts[1:], "01", "01"][:2]])


def _yaml(entry: dict[str, Any]) -> str:
    kept = {key: value for key, value in entry.items() if value not in ("", [], False)}
    kept["place"] = {key: value for key, value in kept["place"].items() if value}
    if not kept["place"]:
        del kept["place"]
    return yaml.safe_dump(kept, allow_unicode=True, sort_keys=False, width=100)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2] if len(sys.argv) > 2 else "knowledge"))
