using System.Runtime.CompilerServices;
using Zoetrope.Generator.Text;

namespace Zoetrope.Generator.Emit;

/// <summary>
/// What the compiler makes of an interpolated string that is handed to a <see cref="SourceWriter"/>: its parts go straight into the writer.
/// Its values must not write to the same writer themselves.
/// </summary>
[InterpolatedStringHandler]
internal readonly struct SourceTemplate
{
    private readonly SourceWriter _writer;

    /// <summary>Begins to write; the compiler gives the lengths.</summary>
    public SourceTemplate(int literalLength, int formattedCount, SourceWriter writer) => _writer = writer;

    /// <summary>Writes the text between values.</summary>
    public void AppendLiteral(string text) => _writer.Append(text);

    /// <summary>Writes a value; it may have several lines.</summary>
    public void AppendFormatted(string? value) => _writer.AppendValue(value);

    /// <summary>Writes a number.</summary>
    public void AppendFormatted(int value) => _writer.AppendValue(DocumentText.Number(value));

    /// <summary>Ends the last line.</summary>
    internal SourceWriter End() => _writer.EndLine();
}
