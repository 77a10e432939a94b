using System.Globalization;

namespace Zoetrope.Cli.Output;

/// <summary>How far the jobs of a ledger are.</summary>
/// <param name="Total">All of them.</param>
/// <param name="Queued">Those that wait for their turn.</param>
/// <param name="Running">Those that are being sent, go on at the provider, or are being stored.</param>
/// <param name="Done">Those whose files are stored.</param>
/// <param name="Failed">Those that failed or were canceled.</param>
/// <param name="InDoubt">Those that may have been accepted.</param>
/// <param name="Paused">Those that wait for something other than their turn.</param>
/// <param name="Spent">What they have cost, in US dollars.</param>
/// <param name="Left">About how long the rest takes; null where that is not known.</param>
internal sealed record LedgerProgress(
    long Total, long Queued, long Running, long Done, long Failed, long InDoubt, long Paused, decimal Spent, TimeSpan? Left)
{
    /// <summary>The columns of a table, with their names.</summary>
    public IEnumerable<(string Name, string Value)> Columns =>
    [
        ("queued", Number(Queued)),
        ("running", Number(Running)),
        ("done", $"{Number(Done)} of {Number(Total)}"),
        ("failed", Number(Failed)),
        ("in doubt", Number(InDoubt)),
        ("paused", Number(Paused)),
        ("spent", Dollars(Spent)),
        ("time left", Left is { } left ? StatusText.Of(left) : "-"),
    ];

    /// <summary>An amount in US dollars.</summary>
    public static string Dollars(decimal amount) => string.Create(CultureInfo.InvariantCulture, $"${amount:0.00####}");

    /// <summary>All but the time left, in one line.</summary>
    public string Line
    {
        get
        {
            var parts = new List<string> { $"{Number(Done)} of {Number(Total)} done" };
            foreach (var (count, word) in (ReadOnlySpan<(long, string)>)
                [(Running, "running"), (Queued, "queued"), (Failed, "failed"), (InDoubt, "in doubt"), (Paused, "paused")])
            {
                if (count > 0)
                    parts.Add($"{Number(count)} {word}");
            }
            return $"{string.Join(", ", parts)}; spent {Dollars(Spent)}";
        }
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
