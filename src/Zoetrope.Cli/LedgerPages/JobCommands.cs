using Zoetrope.Cli.Pages;
using Zoetrope.Jobs;

namespace Zoetrope.Cli.LedgerPages;

/// <summary>What a person can decide on a job, as command lines: the page itself changes nothing.</summary>
/// <param name="ledger">The path of the ledger.</param>
internal sealed class JobCommands(string ledger)
{
    /// <summary>The command lines for a job in its state, each with what it is for.</summary>
    public IEnumerable<(string Purpose, string Line)> Of(LedgerJob job) => job.State switch
    {
        LedgerState.InDoubt =>
        [
            ($"If {job.Provider} has it: wait for it, and do not pay again. REQUEST is its id there.", Line("resolve", job, " --accepted REQUEST")),
            (
                $"If {job.Provider} surely does not have it: send it again. If it was accepted after all, it is paid for twice.",
                Line("resolve", job, " --not-accepted")),
        ],
        LedgerState.Failed or LedgerState.Canceled => [("Submit it again, and pay for it again.", Line("retry", job))],
        LedgerState.Intended => [("Never send it.", Line("cancel", job))],
        LedgerState.Accepted when job.Reason is null => [($"Ask {job.Provider} to cancel it.", Line("cancel", job))],
        LedgerState.Accepted => [("If nothing more is expected of it: end it as failed.", Line("abandon", job))],
        LedgerState.Ended when job.Reason is not null => [("If its files cannot be saved: end it without them.", Line("abandon", job))],
        _ => [],
    };

    private string Line(string command, LedgerJob job, string more = "") =>
        $"zoetrope jobs {command} {ShellText.Quote(job.Id)}{more} --ledger {ShellText.Quote(ledger)}";
}
