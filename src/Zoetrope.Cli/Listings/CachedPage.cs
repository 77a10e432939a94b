using Zoetrope.Cli.Vendoring.Sources;

namespace Zoetrope.Cli.Listings;

/// <summary>A page of a listing as the cache has it.</summary>
/// <param name="Url">Its address.</param>
/// <param name="Validators">What the server is asked with whether it is still the same.</param>
/// <param name="Next">The address of the page that follows; null after the last one.</param>
/// <param name="Models">Its models.</param>
internal sealed record CachedPage(Uri Url, Validators Validators, Uri? Next, List<ListedModel> Models);
