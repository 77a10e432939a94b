using Zoetrope.Generator.Inputs;
using Zoetrope.Generator.Text;
using Zoetrope.Specs;
using Zoetrope.Specs.Diagnostics;
using Zoetrope.Specs.Model;
using Zoetrope.Specs.Pages;

namespace Zoetrope.Generator.Diagnostics;

/// <summary>The locations of one document.</summary>
internal sealed class FileLocations(SpecFile file)
{
    private Func<string, TextRange>? _locator;
    private LineMap? _lines;

    private LineMap Lines => _lines ??= new(file.Text);

    public LocatedProblem At(ProblemKind kind, string message, TextRange range)
    {
        var start = Math.Min(Math.Max(range.Start, 0), file.Text.Length);
        var length = Math.Min(Math.Max(range.Length, 0), file.Text.Length - start);
        return new(kind, message, file.Path, new(start, length), Lines[start], Lines[start + length]);
    }

    /// <summary>The line and column of a place, counted from 1.</summary>
    public (int Line, int Column) PositionOf(string pointer) => Lines[Math.Min(Math.Max(Find(pointer).Start, 0), file.Text.Length)];

    /// <summary>A place as compilers write them, for the other place of a contradiction.</summary>
    public string Describe(string pointer)
    {
        var (line, column) = PositionOf(pointer);
        return "(" + DocumentText.Number(line) + "," + DocumentText.Number(column) + ")";
    }

    /// <summary>A problem without its exact place is better than none, whatever goes wrong in a broken document.</summary>
    public TextRange Find(string pointer)
    {
        try
        {
            return (_locator ??= SpecReader.Locator(file.Text))(pointer);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            _locator ??= static _ => default;
            return default;
        }
    }
}
