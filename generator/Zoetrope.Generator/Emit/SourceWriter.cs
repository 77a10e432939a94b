using System.Text;

namespace Zoetrope.Generator.Emit;

/// <summary>Writes C# lines with their indentation. Lines end with <c>\n</c> on every system, so that the same specs give the same bytes.</summary>
internal sealed class SourceWriter
{
    private const string Indentation = "    ";

    private readonly StringBuilder _text = new();
    private int _depth;

    /// <summary>Writes one line.</summary>
    public SourceWriter Line(string line)
    {
        if (line.Length > 0)
        {
            for (var i = 0; i < _depth; i++)
                _text.Append(Indentation);
            _text.Append(line);
        }
        _text.Append('\n');
        return this;
    }

    /// <summary>Writes an empty line.</summary>
    public SourceWriter Line() => Line("");

    /// <summary>Goes one step in.</summary>
    public SourceWriter Indent()
    {
        _depth++;
        return this;
    }

    /// <summary>Goes one step out.</summary>
    public SourceWriter Outdent()
    {
        _depth--;
        return this;
    }

    /// <summary>Writes one line, one step further in.</summary>
    public SourceWriter Indented(string line) => Indent().Line(line).Outdent();

    /// <summary>Begins a block: the line that leads it, if there is one, and its brace.</summary>
    public SourceWriter Open(string line = "")
    {
        if (line.Length > 0)
            Line(line);
        Line("{");
        _depth++;
        return this;
    }

    /// <summary>Ends a block.</summary>
    public SourceWriter Close(string after = "")
    {
        _depth--;
        return Line("}" + after);
    }

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();
}
