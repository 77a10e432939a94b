using System.Text;
using Zoetrope.Specs.Json;

namespace Zoetrope.Specs.Yaml;

/// <summary>Reads scalars and keys in one of YAML's styles.</summary>
internal sealed class YamlText(YamlCursor cursor)
{
    private const string Indicators = ",[]{}#&*!|>'\"%@`";

    /// <summary>Whether a key begins here: a text that ends in this line, with a colon after it.</summary>
    public bool IsAtKey() => KeyEnd() >= 0;

    /// <summary>Reads a key without quotes, which begins here.</summary>
    public YamlScalar ReadPlainKey()
    {
        var (start, end) = (cursor.Position, KeyEnd());
        while (YamlCursor.IsBlank(cursor.Text[end - 1]))
            end--;
        cursor.Position = end;
        var key = cursor.Text.Substring(start, end - start);
        return new(JsonStrings.Quote(key), key, new(start, end - start));
    }

    /// <summary>Reads a scalar in quotes.</summary>
    public YamlScalar ReadQuoted()
    {
        var start = cursor.Position;
        var text = cursor.Current == '"' ? new YamlQuotes(cursor).ReadDouble() : new YamlQuotes(cursor).ReadSingle();
        return new(JsonStrings.Quote(text), null, new(start, cursor.Position - start));
    }

    /// <summary>Reads a scalar without quotes.</summary>
    /// <param name="parent">The column of what it belongs to; lines that are indented more continue it.</param>
    /// <param name="isFlow">Whether it is in brackets or braces.</param>
    public YamlScalar ReadPlain(int parent, bool isFlow)
    {
        if (!BeginsPlain(isFlow))
            throw cursor.Expected("a value");
        var start = cursor.Position;
        var text = new StringBuilder();
        var end = ReadPlainLine(text, isFlow);
        while (NextPlainLine(parent, isFlow, out var breaks))
        {
            text.Append(breaks == 1 ? " " : new string('\n', breaks - 1));
            end = ReadPlainLine(text, isFlow);
        }
        var plain = text.ToString();
        if (YamlScalars.ToJson(plain) is { } json)
            return new(json, plain, new(start, end - start));
        cursor.Position = start;
        throw cursor.Expected("a value that JSON can express");
    }

    /// <summary>Reads a scalar in lines, folded (<c>&gt;</c>) or as they are (<c>|</c>).</summary>
    /// <param name="parent">The column of what it belongs to.</param>
    public YamlScalar ReadBlock(int parent) => new YamlBlock(cursor).Read(Math.Max(parent, -1));

    private int KeyEnd()
    {
        var i = cursor.Position;
        if (cursor.Current is '"' or '\'')
        {
            i = QuoteEnd(i);
            while (i >= 0 && YamlCursor.IsBlank(cursor.At(i)))
                i++;
            return i >= 0 && cursor.At(i) == ':' && cursor.IsSpace(i + 1) ? i : -1;
        }
        if (!BeginsPlain(isFlow: false))
            return -1;
        for (; !cursor.IsLineEnd(i); i++)
        {
            if (cursor.At(i) == ':' && cursor.IsSpace(i + 1))
                return i;
            if (cursor.At(i) == '#' && YamlCursor.IsBlank(cursor.At(i - 1)))
                return -1;
        }
        return -1;
    }

    /// <summary>The offset behind the quote that closes the one at an offset, in the same line; -1 where none does.</summary>
    private int QuoteEnd(int start)
    {
        var quote = cursor.At(start);
        for (var i = start + 1; !cursor.IsLineEnd(i); i++)
        {
            if (cursor.At(i) == '\\' && quote == '"')
                i++;
            else if (cursor.At(i) == quote)
            {
                if (quote == '"' || cursor.At(i + 1) != '\'')
                    return i + 1;
                i++;
            }
        }
        return -1;
    }

    private bool BeginsPlain(bool isFlow)
    {
        if (cursor.IsAtLineEnd || Indicators.IndexOf(cursor.Current) >= 0)
            return false;
        if (cursor.Current is not ('-' or '?' or ':'))
            return true;
        var next = cursor.Position + 1;
        return !cursor.IsSpace(next) && !(isFlow && IsFlow(cursor.At(next)));
    }

    /// <summary>Reads what the line has of a plain scalar, and returns where that ends.</summary>
    private int ReadPlainLine(StringBuilder text, bool isFlow)
    {
        var (start, end) = (cursor.Position, cursor.Position);
        for (var i = start; !cursor.IsLineEnd(i); i++)
        {
            var c = cursor.At(i);
            if (c == ':' && (cursor.IsSpace(i + 1) || (isFlow && IsFlow(cursor.At(i + 1)))))
                break;
            if ((c == '#' && i > start && YamlCursor.IsBlank(cursor.At(i - 1))) || (isFlow && IsFlow(c)))
                break;
            if (!YamlCursor.IsBlank(c))
                end = i + 1;
        }
        text.Append(cursor.Text, start, end - start);
        cursor.Position = end;
        return end;
    }

    /// <summary>Goes to the next line of a plain scalar where it has one.</summary>
    private bool NextPlainLine(int parent, bool isFlow, out int breaks)
    {
        var (position, line) = (cursor.Position, cursor.LineStart);
        breaks = 0;
        cursor.SkipBlanks();
        while (cursor.IsAtLineEnd && !cursor.IsAtEnd)
        {
            cursor.NextLine();
            cursor.SkipBlanks();
            breaks++;
        }
        var isNext = breaks > 0 && !cursor.IsAtEnd && !cursor.IsAtComment && cursor.Column > parent
            && !(cursor.Column == 0 && cursor.IsAtMarker)
            && !(isFlow && (IsFlow(cursor.Current) || (cursor.Current == ':' && cursor.IsSpace(cursor.Position + 1))));
        if (!isNext)
            cursor.Return(position, line);
        return isNext;
    }

    private static bool IsFlow(char c) => c is ',' or '[' or ']' or '{' or '}';
}
