using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.Pages;

/// <summary>Bullets of the forms <c>- **Key:** value</c> and <c>- **Key**: value</c>, on lines or in a row.</summary>
internal sealed class PageBullets
{
    private readonly string _text;
    private readonly List<(string Key, TextRange Value)> _bullets = [];

    private PageBullets(string text) => _text = text;

    /// <summary>All of them, in order.</summary>
    public IReadOnlyList<(string Key, TextRange Value)> All => _bullets;

    /// <summary>Where the first one begins.</summary>
    public int? FirstStart { get; private set; }

    /// <summary>Reads the bullets between two offsets. What the end of the page ends may go on, so its last bullet is left out.</summary>
    public static PageBullets Read(string text, int start, int end)
    {
        const string Mark = "- **";
        var bullets = new PageBullets(text);
        var place = PageText.Find(text, Mark, start, end);
        while (place >= 0)
        {
            var next = PageText.Find(text, Mark, place + Mark.Length, end);
            var keyEnd = PageText.Find(text, "**", place + Mark.Length, next < 0 ? end : next);
            if (keyEnd >= 0 && (next >= 0 || end < text.Length) && (place == 0 || char.IsWhiteSpace(text[place - 1])))
            {
                var key = PageText.Collapse(text, place + Mark.Length, keyEnd).TrimEnd(':');
                var value = keyEnd + 2 < text.Length && text[keyEnd + 2] == ':' ? keyEnd + 3 : keyEnd + 2;
                bullets.FirstStart ??= place;
                bullets._bullets.Add((key, PageText.Trim(text, Math.Min(value, end), next < 0 ? end : Math.Max(value, next))));
            }
            place = next;
        }
        return bullets;
    }

    /// <summary>The location of a bullet's value, or null.</summary>
    public TextRange? Find(string key)
    {
        foreach (var bullet in _bullets)
        {
            if (bullet.Key == key)
                return bullet.Value;
        }
        return null;
    }

    /// <summary>The value of a bullet, or null where there is none.</summary>
    public string? Text(string key)
    {
        if (Find(key) is not { } range)
            return null;
        return PageText.Collapse(_text, range.Start, range.Start + range.Length) is { Length: > 0 } value and not "-" ? value : null;
    }
}
