using Zoetrope.Json;

namespace Zoetrope.Cli.Batches;

/// <summary>One input of a file.</summary>
/// <param name="Line">The line in the file, from 1.</param>
internal sealed record BatchRow(int Line)
{
    /// <summary>The member that names the job.</summary>
    public const string LabelName = "$id";

    /// <summary>The member that names the model of this input alone.</summary>
    public const string ModelName = "$model";

    /// <summary>The name of the job; null where the file has none.</summary>
    public string? Label { get; init; }

    /// <summary>The model; null for that of the command.</summary>
    public string? Model { get; init; }

    /// <summary>
    /// The input as a JSON object, of which the members that begin with <c>$</c> are none of the model's; null where it is in <see cref="Cells"/>.
    /// </summary>
    public RawJson? Members { get; init; }

    /// <summary>The input as texts, by the parameter.</summary>
    public IReadOnlyList<(string Name, string Text)> Cells { get; init; } = [];

    /// <summary>The line of the header that names the <see cref="Cells"/>; 0 where there is none.</summary>
    public int HeaderLine { get; init; }

    /// <summary>What is wrong with the line as such; its input is then not complete.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];
}
