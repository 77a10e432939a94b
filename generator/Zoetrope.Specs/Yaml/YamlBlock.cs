using System.Text;
using Zoetrope.Specs.Json;

namespace Zoetrope.Specs.Yaml;

/// <summary>
/// Reads scalars in lines of their own, folded (<c>&gt;</c>) or as they are (<c>|</c>), with what their heads say of indentation and last breaks.
/// </summary>
internal sealed class YamlBlock(YamlCursor cursor)
{
    private readonly StringBuilder _text = new();

    /// <summary>Reads a scalar; afterwards the line that is no longer its own begins.</summary>
    /// <param name="parent">The column of what it belongs to.</param>
    public YamlScalar Read(int parent)
    {
        var start = cursor.Position;
        var isFolded = cursor.Current == '>';
        var (chomping, indentation) = ReadHead();
        var column = indentation > 0 ? Math.Max(parent, 0) + indentation : FirstColumn(parent);
        var end = cursor.Position;
        var (lineBreak, emptyLines, wasIndented) = ("", 0, false);
        while (SkipEmptyLines(column, ref emptyLines))
        {
            // Blank lines before the text may be longer than its indentation, unless that is stated.
            if (_text.Length == 0 && lineBreak.Length == 0 && indentation == 0 && IsRestEmpty())
            {
                cursor.NextLine();
                emptyLines++;
                continue;
            }
            var isIndented = YamlCursor.IsBlank(cursor.Current);
            if (isFolded && lineBreak.Length > 0 && !wasIndented && !isIndented)
                lineBreak = emptyLines == 0 ? " " : "";
            _text.Append(lineBreak).Append('\n', emptyLines);
            var first = cursor.Position;
            while (!cursor.IsAtLineEnd)
                cursor.Position++;
            end = cursor.Position;
            _text.Append(cursor.Text, first, end - first);
            lineBreak = cursor.IsAtEnd ? "" : "\n";
            cursor.NextLine();
            (emptyLines, wasIndented) = (0, isIndented);
        }
        if (chomping != '-')
            _text.Append(lineBreak);
        if (chomping == '+')
            _text.Append('\n', emptyLines);
        return new(JsonStrings.Quote(_text.ToString()), null, new(start, Math.Max(end - start, 1)));
    }

    /// <summary>Reads the line with the style, which may say how the last breaks are kept and how far the lines are indented.</summary>
    private (char Chomping, int Indentation) ReadHead()
    {
        var (chomping, indentation) = (' ', 0);
        cursor.Position++;
        while (cursor.Current is '+' or '-' or (>= '1' and <= '9'))
        {
            var isDigit = cursor.Current is >= '1' and <= '9';
            if (isDigit ? indentation > 0 : chomping != ' ')
                throw cursor.Expected("the end of the line");
            if (isDigit)
                indentation = cursor.Current - '0';
            else
                chomping = cursor.Current;
            cursor.Position++;
        }
        cursor.SkipBlanks();
        if (!cursor.IsAtLineEnd && !cursor.IsAtComment)
            throw cursor.Expected("the end of the line");
        cursor.NextLine();
        return (chomping, indentation);
    }

    /// <summary>The column of the first line that has a text; one to the right of the parent where there is none.</summary>
    private int FirstColumn(int parent)
    {
        var (position, line) = (cursor.Position, cursor.LineStart);
        while (true)
        {
            while (cursor.Current == ' ')
                cursor.Position++;
            if (!cursor.IsAtLineEnd || cursor.IsAtEnd)
                break;
            cursor.NextLine();
        }
        var column = cursor.Column;
        cursor.Return(position, line);
        return Math.Max(column, parent + 1);
    }

    private bool IsRestEmpty()
    {
        var i = cursor.Position;
        while (cursor.At(i) == ' ')
            i++;
        return cursor.IsLineEnd(i) && !cursor.IsAtEnd;
    }

    /// <summary>Goes to the text of the next line, past empty ones, which are counted; false where the scalar is over.</summary>
    private bool SkipEmptyLines(int column, ref int count)
    {
        while (!cursor.IsAtEnd)
        {
            var (position, line) = (cursor.Position, cursor.LineStart);
            if (cursor.IsAtMarker)
                return false;
            while (cursor.Column < column && cursor.Current == ' ')
                cursor.Position++;
            if (!cursor.IsAtLineEnd)
            {
                if (cursor.Column == column)
                    return true;
                cursor.Return(position, line);
                return false;
            }
            if (cursor.IsAtEnd)
                return false;
            cursor.NextLine();
            count++;
        }
        return false;
    }
}
