namespace Zoetrope.Faults.Tests;

/// <summary>Which cells are run: all of them by hand, and enough of them everywhere else.</summary>
internal static class Slices
{
    /// <summary>How many cells run beside each other. Most of them wait for a deadline.</summary>
    public const int Beside = 48;

    // One of so many cells is in the slice, and of those of declared providers, which share their code.
    private const int Share = 16;
    private const int ShareOfDeclared = 32;

    private static readonly Dictionary<Call, int> _calls = CallList.All.Index().ToDictionary(call => call.Item, call => call.Index);

    private static readonly Dictionary<Fault, int> _faults =
        FaultList.All.Concat(Http2Faults.All.Select(fault => fault.Facts)).Index().ToDictionary(fault => fault.Item, fault => fault.Index);

    /// <summary>The cells to be run: <c>ZOETROPE_FAULTS=all</c> is every one, and a part of a cell's name those that have it.</summary>
    public static IReadOnlyList<Cell> Cells { get; } = Environment.GetEnvironmentVariable("ZOETROPE_FAULTS") switch
    {
        "all" => Cell.All,
        { Length: > 0 } parts => [.. Cell.All.Where(cell => parts.Split('&').All(part => IsNamed(cell, part.Trim())))],
        _ => [.. Cell.All.Where(IsInSlice)],
    };

    /// <summary>
    /// Whether a cell is in the slice: the same ones on every machine, each fault at some calls and each call with a part of the faults, another one for each
    /// HTTP client.
    /// </summary>
    public static bool IsInSlice(Cell cell) => cell.Fault.IsRare
        || (!cell.IsHeavy && (_calls[cell.Call] + _faults[cell.Fault] + (5 * (int)cell.Http)) % ShareOf(cell) == 0);

    private static int ShareOf(Cell cell) => cell.Call.Recorded is null ? Share : ShareOfDeclared;

    private static bool IsNamed(Cell cell, string part) => $"{cell} × {cell.Http}".Contains(part, StringComparison.Ordinal);
}
