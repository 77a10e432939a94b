using System.Globalization;
using Zoetrope.Specs.Diagnostics;

namespace Zoetrope.Specs.Yaml;

/// <summary>A location in YAML text, and what is there.</summary>
/// <param name="text">The text.</param>
/// <param name="start">Where the YAML begins.</param>
/// <param name="end">Where it ends.</param>
internal sealed class YamlCursor(string text, int start, int end)
{
    /// <summary>The text.</summary>
    public string Text { get; } = text;

    /// <summary>The offset of the next character. It stays in its line until <see cref="NextLine"/>.</summary>
    public int Position { get; set; } = start;

    /// <summary>Where the line begins.</summary>
    public int LineStart { get; private set; } = start;

    /// <summary>The number of characters before it in its line.</summary>
    public int Column => Position - LineStart;

    /// <summary>Whether nothing follows.</summary>
    public bool IsAtEnd => Position >= end;

    /// <summary>The next character; a NUL where nothing follows.</summary>
    public char Current => At(Position);

    /// <summary>Whether the line ends here.</summary>
    public bool IsAtLineEnd => IsAtEnd || IsBreak(Current);

    /// <summary>Whether <c>---</c> or <c>...</c> begins here, which ends every value.</summary>
    public bool IsAtMarker => Column == 0 && (Is("---") || Is("...")) && IsSpace(Position + 3);

    /// <summary>Whether an item of a list begins here.</summary>
    public bool IsAtItem => Current == '-' && IsSpace(Position + 1);

    /// <summary>Whether a comment begins here.</summary>
    public bool IsAtComment => Current == '#' && !IsAtEnd && (Column == 0 || IsBlank(Text[Position - 1]));

    /// <summary>The character at an offset; a NUL after the end.</summary>
    public char At(int offset) => offset < end ? Text[offset] : '\0';

    /// <summary>Whether white space or nothing is at an offset.</summary>
    public bool IsSpace(int offset) => offset >= end || IsBlank(Text[offset]) || IsBreak(Text[offset]);

    /// <summary>Whether a line break, or nothing, is at an offset.</summary>
    public bool IsLineEnd(int offset) => offset >= end || IsBreak(Text[offset]);

    /// <summary>Whether a text is here.</summary>
    public bool Is(string word) => Position + word.Length <= end && string.CompareOrdinal(Text, Position, word, 0, word.Length) == 0;

    /// <summary>Skips spaces and tabs.</summary>
    public void SkipBlanks()
    {
        while (!IsAtEnd && IsBlank(Current))
            Position++;
    }

    /// <summary>Goes to the beginning of the next line.</summary>
    public void NextLine()
    {
        while (!IsAtLineEnd)
            Position++;
        if (!IsAtEnd)
            Position += Current == '\r' && At(Position + 1) == '\n' ? 2 : 1;
        LineStart = Position;
    }

    /// <summary>Skips white space, empty lines and comments.</summary>
    public void SkipToContent()
    {
        while (true)
        {
            SkipBlanks();
            if (IsAtEnd || !(IsAtLineEnd || IsAtComment))
                return;
            NextLine();
        }
    }

    /// <summary>Goes back.</summary>
    public void Return(int position, int lineStart) => (Position, LineStart) = (position, lineStart);

    /// <summary>The failure that another thing is here than YAML needs.</summary>
    /// <param name="expected">What it needs.</param>
    public UnreadableYamlException Expected(string expected) =>
        new(Problems.YamlInvalid.At(Math.Min(Position, Text.Length), IsAtEnd ? 0 : 1, expected, Show()));

    /// <summary>The failure that what is here is not read.</summary>
    /// <param name="what">What it is.</param>
    public UnreadableYamlException Unsupported(string what) => new(Problems.YamlUnsupported.At(Position, 1, what));

    /// <summary>Whether a character is a space or a tab.</summary>
    public static bool IsBlank(char c) => c is ' ' or '\t';

    /// <summary>Whether a character ends a line.</summary>
    public static bool IsBreak(char c) => c is '\n' or '\r';

    private string Show() => IsAtEnd ? "the end of the YAML"
        : IsAtLineEnd ? "the end of the line"
        : Current < ' ' ? "the character U+" + ((int)Current).ToString("X4", CultureInfo.InvariantCulture)
        : "'" + Current + "'";
}

/// <summary>Ends the reading of YAML that is not valid, or not read. It never leaves <see cref="YamlReader"/>.</summary>
/// <param name="problem">What is wrong.</param>
internal sealed class UnreadableYamlException(SpecProblem problem) : Exception(problem.Message)
{
    /// <summary>What is wrong.</summary>
    public SpecProblem Problem { get; } = problem;
}
