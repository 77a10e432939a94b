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

    /// <summary>The part of a range that has a sentence, however its white space is written; the range itself where none has.</summary>
    public TextRange Within(TextRange range, string sentence)
    {
        var words = sentence.TrimEnd('…');
        var last = Math.Min(range.Start + range.Length, file.Text.Length);
        for (var start = Math.Max(range.Start, 0); start < last && words.Length > 0; start++)
        {
            if (file.Text[start] == words[0] && EndOf(words, start, last) is > 0 and var end)
                return new(start, end - start);
        }
        return range;
    }

    /// <summary>Where words end that begin at a position; negative where other ones do. A line break of a JSON text is white space too.</summary>
    private int EndOf(string words, int at, int last)
    {
        for (var i = 0; i < words.Length; i++)
        {
            var start = at;
            while (at < last && words[i] == ' ' && SpaceAt(at, last) is > 0 and var length)
                at += length;
            if (words[i] == ' ' && at > start)
                continue;
            if (at + 1 < last && file.Text[at] == '\\' && file.Text[at + 1] is '"' or '/' or '\\')
                at++;
            if (at >= last || file.Text[at++] != words[i])
                return -1;
        }
        return at;
    }

    private int SpaceAt(int at, int last) => char.IsWhiteSpace(file.Text[at]) ? 1
        : file.Text[at] == '\\' && at + 1 < last && file.Text[at + 1] is 'n' or 'r' or 't' ? 2 : 0;

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
