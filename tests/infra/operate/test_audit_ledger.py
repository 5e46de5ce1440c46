"""What the command tells of the ledger."""

import pytest

from chalicelib.store.points.wallets import WalletItem
from infra import stages
from infra.operate import audit_ledger
from tests.services.points.test_auditing import ACCOUNT, a_life

pytestmark = pytest.mark.usefixtures("tables")


def test_the_command_tells_the_balances_and_ends_badly_where_something_does_not_fit(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    a_life()
    monkeypatch.setattr("sys.argv", ["audit_ledger", "--stage", "local"])
    monkeypatch.setattr(stages, "environment", lambda stage: {})
    audit_ledger.main()
    assert capsys.readouterr().out.splitlines() == [
        "8 entries of 1 couriers",
        "          35  couriers",
        "           0  kept back by caps",
        "         -40  system:issuance",
        "           5  system:redemption",
        "           0  together",
    ]
    WalletItem(ACCOUNT).update([WalletItem.balance.add(7)])
    with pytest.raises(SystemExit, match="wallet"):
        audit_ledger.main()
    assert "           7  together" in capsys.readouterr().out
