namespace Zoetrope.Text;

/// <summary>Text that grows; one that is ended is used again on its thread, so that the text of an address is allocated once.</summary>
internal sealed class TextBuffer
{
    private const int FirstSize = 256;
    private const int LargestKept = 4096;

    // A character becomes up to three bytes, each of which is written as three characters.
    private const int LongestEscape = 9;

    [ThreadStatic]
    private static TextBuffer? _kept;

    private char[] _text = new char[FirstSize];

    /// <summary>The number of characters.</summary>
    public int Length { get; private set; }

    /// <summary>The text.</summary>
    public ReadOnlySpan<char> Text => _text.AsSpan(0, Length);

    /// <summary>Begins an empty text.</summary>
    public static TextBuffer Begin()
    {
        var buffer = _kept ?? new TextBuffer();
        _kept = null;
        return buffer;
    }

    /// <summary>Ends the text, which must not be used any more.</summary>
    public void End()
    {
        if (_text.Length > LargestKept)
            return;
        Length = 0;
        _kept = this;
    }

    /// <summary>Removes what follows the first characters.</summary>
    public void Truncate(int length) => Length = length;

    public void Append(char unit)
    {
        Require(1);
        _text[Length++] = unit;
    }

    public void Append(ReadOnlySpan<char> text)
    {
        Require(text.Length);
        text.CopyTo(_text.AsSpan(Length));
        Length += text.Length;
    }

    /// <summary>Appends text as <see cref="Uri.EscapeDataString(string)"/> escapes it.</summary>
    public void AppendEscaped(ReadOnlySpan<char> text)
    {
        Require(text.Length);
        if (!Uri.TryEscapeDataString(text, _text.AsSpan(Length), out var written))
        {
            Require(checked(text.Length * LongestEscape));
            Uri.TryEscapeDataString(text, _text.AsSpan(Length), out written);
        }
        Length += written;
    }

    public override string ToString() => new(Text);

    private void Require(int more)
    {
        if (_text.Length - Length < more)
            Grow(more);
    }

    private void Grow(int more) => Array.Resize(ref _text, checked((int)Math.Max(_text.Length * 2L, (long)Length + more)));
}
