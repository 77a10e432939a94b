using System.Globalization;
using System.Text;

namespace Zoetrope.Specs.Yaml;

/// <summary>Reads scalars in quotes. Line breaks in them are folded: one is a space, and each more a line break.</summary>
internal sealed class YamlQuotes(YamlCursor cursor)
{
    private readonly StringBuilder _text = new();

    // Blanks before a line break are not a part of the text, unless they are written as escapes.
    private int _kept;

    /// <summary>Reads a scalar in single quotes.</summary>
    public string ReadSingle()
    {
        cursor.Position++;
        while (true)
        {
            if (cursor.Current != '\'' || cursor.IsAtEnd)
                ReadCharacter();
            else if (cursor.At(cursor.Position + 1) == '\'')
            {
                Add("'");
                cursor.Position += 2;
            }
            else
            {
                cursor.Position++;
                return _text.ToString();
            }
        }
    }

    /// <summary>Reads a scalar in double quotes.</summary>
    public string ReadDouble()
    {
        cursor.Position++;
        while (true)
        {
            if (cursor.Current == '\\')
                ReadEscape();
            else if (cursor.Current == '"')
            {
                cursor.Position++;
                return _text.ToString();
            }
            else
                ReadCharacter();
        }
    }

    private void ReadCharacter()
    {
        if (cursor.IsAtEnd || cursor.IsAtMarker)
            throw cursor.Expected("the quote that closes the text");
        if (cursor.IsAtLineEnd)
        {
            _text.Length = _kept;
            var breaks = SkipBreaks();
            Add(breaks == 1 ? " " : new string('\n', breaks - 1));
            return;
        }
        _text.Append(cursor.Current);
        if (!YamlCursor.IsBlank(cursor.Current))
            _kept = _text.Length;
        cursor.Position++;
    }

    private void ReadEscape()
    {
        cursor.Position++;
        if (cursor.IsAtLineEnd && !cursor.IsAtEnd)
        {
            // The line goes on in the next one, without a space.
            Add(new string('\n', SkipBreaks() - 1));
            return;
        }
        var digits = cursor.Current switch { 'x' => 2, 'u' => 4, 'U' => 8, _ => 0 };
        if (digits > 0)
        {
            cursor.Position++;
            AddCodePoint(digits);
            return;
        }
        Add(cursor.Current switch
        {
            '0' when !cursor.IsAtEnd => "\0",
            'a' => "\a",
            'b' => "\b",
            't' or '\t' => "\t",
            'n' => "\n",
            'v' => "\v",
            'f' => "\f",
            'r' => "\r",
            'e' => "\u001b",
            ' ' => " ",
            '"' => "\"",
            '/' => "/",
            '\\' => "\\",
            'N' => "\u0085",
            '_' => "\u00a0",
            'L' => "\u2028",
            'P' => "\u2029",
            _ => throw cursor.Expected("an escape such as \\n, \\\" or \\u0041"),
        });
        cursor.Position++;
    }

    private void AddCodePoint(int digits)
    {
        var end = cursor.Position + digits;
        var number = 0L;
        for (; cursor.Position < end; cursor.Position++)
        {
            if (!int.TryParse(cursor.Current.ToString(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var digit))
                throw cursor.Expected("a hexadecimal digit");
            number = (number * 16) + digit;
        }
        if (number > 0x10FFFF || (digits == 8 && number is >= 0xD800 and <= 0xDFFF))
        {
            cursor.Position = end - digits;
            throw cursor.Expected("the number of a character");
        }
        Add(number > 0xFFFF ? char.ConvertFromUtf32((int)number) : ((char)number).ToString());
    }

    private void Add(string text)
    {
        _text.Append(text);
        _kept = _text.Length;
    }

    private int SkipBreaks()
    {
        var breaks = 0;
        while (cursor.IsAtLineEnd && !cursor.IsAtEnd)
        {
            cursor.NextLine();
            breaks++;
            if (cursor.IsAtMarker)
                break;
            cursor.SkipBlanks();
        }
        return breaks;
    }
}
