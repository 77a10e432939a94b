namespace Zoetrope.Cli.Listings;

/// <summary>A model as a provider's public listing has it.</summary>
/// <param name="Id">The provider's id.</param>
internal sealed record ListedModel(string Id)
{
    /// <summary>The title.</summary>
    public string? Title { get; init; }

    /// <summary>What the provider says of it.</summary>
    public string? Description { get; init; }

    /// <summary>The category, or the kind of its result.</summary>
    public string? Category { get; init; }

    /// <summary>The status, such as <c>active</c>.</summary>
    public string? Status { get; init; }

    /// <summary>The usual time of a job, in seconds.</summary>
    public double? Seconds { get; init; }
}
