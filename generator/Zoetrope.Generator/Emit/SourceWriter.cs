using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Zoetrope.Generator.Emit;

/// <summary>
/// Writes C# from strings that read like it. Each line gets the indentation of its block, also the second and later lines of a value.
/// Lines end with <c>\n</c> on every system, so that the same specs give the same bytes.
/// </summary>
internal sealed class SourceWriter
{
    // What editors color the strings as.
    private const string CSharp = "c#-test";

    private const int IndentSize = 4;
    private const int LongestLine = 160;

    // Each thread writes into one array again and again: files have up to some hundred thousand characters, which would all be copied as it grows.
    private const int FirstCapacity = 32768;
    private const int LargestKept = 1 << 20;

    [ThreadStatic]
    private static char[]? _unused;

    private char[] _text;
    private int _length;
    private int _blockIndent;

    // The line being written: the spaces that it begins with, whether that is all so far, and whether it then is left out.
    private int _lineIndent;
    private bool _isBlank = true;
    private bool _isOmitted;

    public SourceWriter() => (_text, _unused) = (_unused ?? new char[FirstCapacity], null);

    /// <summary>Writes an empty line.</summary>
    public SourceWriter Line() => EndLine();

    /// <summary>Writes an empty line between members: none before the first one of a block.</summary>
    public SourceWriter Separate()
    {
        var isFirst = _length >= 2 && _text[_length - 1] == '\n' && _text[_length - 2] == '{';
        return isFirst ? this : EndLine();
    }

    /// <summary>Writes one line.</summary>
    public SourceWriter Line([StringSyntax(CSharp)] string line) => Lines(line);

#pragma warning disable CA1822 // The handler is made with this writer: the rule does not see that.
    /// <summary>Writes one line with values. It is left out where it would hold nothing but a value that is null.</summary>
    public SourceWriter Line([StringSyntax(CSharp), InterpolatedStringHandlerArgument("")] SourceTemplate line) => line.End();

    /// <summary>Whether a line would be short enough to be read without scrolling.</summary>
    public bool Fits(string line) => _blockIndent + line.Length <= LongestLine;

    /// <summary>Writes lines.</summary>
    public SourceWriter Lines([StringSyntax(CSharp)] string lines)
    {
        Append(lines);
        return EndLine();
    }

    /// <summary>Writes lines with values. A line is left out where it would hold nothing but a value that is null.</summary>
    public SourceWriter Lines([StringSyntax(CSharp), InterpolatedStringHandlerArgument("")] SourceTemplate lines) => lines.End();
#pragma warning restore CA1822

    /// <summary>Begins a block, which ends when the scope is disposed.</summary>
    public BlockScope Block()
    {
        Lines("{");
        _blockIndent += IndentSize;
        return new(this, "}");
    }

    /// <summary>Begins a block, which ends when the scope is disposed.</summary>
    /// <param name="lead">The lines before the brace.</param>
    /// <param name="end">What follows the closing brace.</param>
    public BlockScope Block([StringSyntax(CSharp)] string lead, string end = "")
    {
        Lines(lead);
        return Block() with { Last = "}" + end };
    }

    /// <inheritdoc cref="Block(string, string)"/>
    public BlockScope Block([StringSyntax(CSharp), InterpolatedStringHandlerArgument("")] SourceTemplate lead, string end = "")
    {
        lead.End();
        return Block() with { Last = "}" + end };
    }

    /// <summary>Indents what is written until the scope is disposed.</summary>
    public BlockScope Indent()
    {
        _blockIndent += IndentSize;
        return new(this, null);
    }

    /// <summary>All that was written. Nothing can be written any more.</summary>
    public string Finish()
    {
        var text = new string(_text, 0, _length);
        (_unused, _text, _length) = (_text.Length <= LargestKept ? _text : null, [], 0);
        return text;
    }

    /// <summary>Writes text that may have several lines, and does not end the last one.</summary>
    internal void Append(string text)
    {
        var start = 0;
        for (int end; (end = text.IndexOf('\n', start)) >= 0; start = end + 1)
        {
            // A checkout may have changed the line ends of raw strings.
            AppendPart(text, start, end > start && text[end - 1] == '\r' ? end - 1 : end);
            EndLine();
        }
        AppendPart(text, start, text.Length);
    }

    /// <summary>Writes a value: its later lines are indented as the line that it begins on.</summary>
    internal void AppendValue(string? value)
    {
        if (value is null)
        {
            _isOmitted = true;
            return;
        }
        var (start, indent) = (0, _lineIndent);
        for (int end; (end = value.IndexOf('\n', start)) >= 0; start = end + 1)
        {
            AppendPart(value, start, end);
            EndLine();
            _lineIndent = indent;
        }
        AppendPart(value, start, value.Length);
    }

    internal SourceWriter EndLine()
    {
        if (!_isBlank || !_isOmitted)
        {
            Reserve(1);
            _text[_length++] = '\n';
        }
        (_lineIndent, _isBlank, _isOmitted) = (0, true, false);
        return this;
    }

    internal void EndBlock(string? last)
    {
        _blockIndent -= IndentSize;
        if (last is not null)
            Lines(last);
    }

    private void AppendPart(string text, int start, int end)
    {
        if (_isBlank)
        {
            for (; start < end && text[start] == ' '; start++)
                _lineIndent++;
            if (start == end)
                return;
            // Preprocessor directives are not indented.
            if (text[start] != '#')
                Indent(_blockIndent + _lineIndent);
            _isBlank = false;
        }
        Reserve(end - start);
        text.CopyTo(start, _text, _length, end - start);
        _length += end - start;
    }

    private void Indent(int spaces)
    {
        Reserve(spaces);
        for (; spaces > 0; spaces--)
            _text[_length++] = ' ';
    }

    private void Reserve(int more)
    {
        if (_text.Length - _length < more)
            Array.Resize(ref _text, Math.Max(_text.Length * 2, _length + more));
    }
}
