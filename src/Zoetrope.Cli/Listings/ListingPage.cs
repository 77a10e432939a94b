namespace Zoetrope.Cli.Listings;

/// <summary>A page of a listing.</summary>
/// <param name="Models">Its models.</param>
/// <param name="Count">How many there are, with those that could not be used.</param>
/// <param name="Cursor">What the next page is asked for by; null where there is none.</param>
internal sealed record ListingPage(IReadOnlyList<ListedModel> Models, int Count, string? Cursor);
