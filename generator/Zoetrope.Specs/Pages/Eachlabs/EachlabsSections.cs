using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.Pages.Eachlabs;

/// <summary>A section of an Eachlabs page.</summary>
/// <param name="HeadingStart">Where its heading begins.</param>
/// <param name="Start">Where its content begins.</param>
/// <param name="End">Where the next section begins, or the page ends.</param>
internal readonly record struct EachlabsSection(int HeadingStart, int Start, int End)
{
    /// <summary>The location of its heading.</summary>
    public TextRange Heading => new(HeadingStart, Start - HeadingStart);
}

/// <summary>Finds the sections of an Eachlabs page by the headings that such pages have: where lines are gone, nothing else marks a heading's end.</summary>
internal sealed class EachlabsSections
{
    public const string About = "## API Information";
    public const string Pricing = "## Pricing";
    public const string Input = "## Input Schema";
    public const string Request = "## Example Request";
    public const string Output = "## Output Schema";
    public const string Polling = "## Polling";
    public const string Webhook = "## Webhook (alternative to polling)";
    public const string Errors = "## Errors";
    public const string Overview = "## Overview";
    public const string Notes = "## Usage Notes";

    private const string OlderAbout = "## Model Information";

    private static readonly string[] _order = [About, Pricing, Input, Request, Output, Polling, Webhook, Errors, Overview, Notes];

    private readonly Dictionary<string, EachlabsSection> _found = new(StringComparer.Ordinal);

    public EachlabsSections(string text)
    {
        FirstStart = text.Length;
        var starts = new List<(int Start, string Name)>();
        foreach (var name in _order.Concat([OlderAbout, "## API Access", "## API Documentation"]))
        {
            if (FindHeading(text, name) is var start and >= 0)
                starts.Add((start, name));
        }
        starts.Sort((left, right) => left.Start.CompareTo(right.Start));
        for (var i = 0; i < starts.Count; i++)
        {
            var end = i + 1 < starts.Count ? starts[i + 1].Start : text.Length;
            _found.Add(starts[i].Name, new(starts[i].Start, Math.Min(end, starts[i].Start + starts[i].Name.Length), end));
        }
        if (starts.Count == 0)
            return;
        FirstStart = starts[0].Start;
        Last = _found[starts[starts.Count - 1].Name];
    }

    /// <summary>Where the first section begins; the end of the page when it has none.</summary>
    public int FirstStart { get; }

    /// <summary>The section that the page ends in.</summary>
    public EachlabsSection? Last { get; }

    /// <summary>Whether the section is there that closes a whole page.</summary>
    public bool IsComplete => _found.ContainsKey(Notes);

    /// <summary>The section with a heading, or null.</summary>
    public EachlabsSection? Find(string name) => _found.TryGetValue(name, out var section) ? section : null;

    /// <summary>The first section that is there of those that come after <paramref name="name"/>.</summary>
    public EachlabsSection? After(string name)
    {
        for (var i = Array.IndexOf(_order, name) + 1; i < _order.Length; i++)
        {
            if (Find(_order[i]) is { } section)
                return section;
        }
        return null;
    }

    /// <summary>Whether a section is there that comes after <paramref name="name"/>.</summary>
    public bool HasAfter(string name) => After(name) is not null;

    private static int FindHeading(string text, string name)
    {
        for (var place = text.IndexOf(name, StringComparison.Ordinal); place >= 0; place = text.IndexOf(name, place + 1, StringComparison.Ordinal))
        {
            var end = place + name.Length;
            if ((place == 0 || char.IsWhiteSpace(text[place - 1])) && (end == text.Length || char.IsWhiteSpace(text[end])))
                return place;
        }
        return -1;
    }
}
