using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.Pages;

/// <summary>What a page reader found: what the page says, and where it says it.</summary>
/// <param name="Kind">The form of the page.</param>
/// <param name="Endpoint">What it says, or null when it does not even name the endpoint that it describes.</param>
/// <param name="Locations">The locations of things, by pointer.</param>
internal sealed record PageReading(SpecKind Kind, EndpointDescription? Endpoint, PageLocations Locations);

/// <summary>The locations of the things that a page describes, by the pointers that <see cref="Schema.Pointer"/> defines for pages.</summary>
internal sealed class PageLocations
{
    private readonly Dictionary<string, TextRange> _ranges = new(StringComparer.Ordinal);

    /// <summary>Notes a location; the first one of a pointer stays.</summary>
    public void Add(string pointer, int start, int length)
    {
        if (!_ranges.ContainsKey(pointer))
            _ranges.Add(pointer, new(start, length));
    }

    /// <summary>The location of a pointer, or of the nearest enclosing one; the first character of the page when there is none.</summary>
    public TextRange Find(string pointer)
    {
        while (!_ranges.ContainsKey(pointer))
        {
            var slash = pointer.LastIndexOf('/');
            if (slash < 0)
                return default;
            pointer = pointer.Substring(0, slash);
        }
        return _ranges[pointer];
    }
}
