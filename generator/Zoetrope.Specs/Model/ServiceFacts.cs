namespace Zoetrope.Specs.Model;

/// <summary>What a document says about the service around the model: where it is, and what it limits.</summary>
public sealed record ServiceFacts
{
    /// <summary>The base URL of the API; null where the document kind does not state it.</summary>
    public string? BaseUrl { get; init; }

    /// <summary>How many jobs may be created in a minute.</summary>
    public int? CreatesPerMinute { get; init; }

    /// <summary>How many jobs may be in flight at a time.</summary>
    public int? ConcurrentJobs { get; init; }

    /// <summary>Whether data URIs are refused as file inputs.</summary>
    public bool RefusesDataUris { get; init; }

    /// <summary>Whether URLs of this machine (<c>localhost</c>) are refused as file inputs.</summary>
    public bool RefusesLocalUrls { get; init; }

    /// <summary>Whether file inputs must be https URLs.</summary>
    public bool RequiresHttps { get; init; }
}
