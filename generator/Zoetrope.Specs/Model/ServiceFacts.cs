namespace Zoetrope.Specs.Model;

/// <summary>What a page says about the service: transport, statuses, errors and limits.</summary>
public sealed record ServiceFacts
{
    /// <summary>The base URL of the API.</summary>
    public string? BaseUrl { get; init; }

    /// <summary>The header that carries the key, such as <c>X-API-Key</c>.</summary>
    public string? AuthHeader { get; init; }

    /// <summary>The statuses of a job and what they mean, in the page's order.</summary>
    public EquatableArray<NamedText> Statuses { get; init; }

    /// <summary>The members of the webhook payload, as an example.</summary>
    public JsonLiteral? WebhookExample { get; init; }

    /// <summary>The words that a webhook's status has.</summary>
    public EquatableArray<string> WebhookStatuses { get; init; }

    /// <summary>How soon a webhook must be answered, in seconds.</summary>
    public int? WebhookSeconds { get; init; }

    /// <summary>The form of an error body, as the page sketches it.</summary>
    public JsonLiteral? ErrorExample { get; init; }

    /// <summary>HTTP codes and what they mean.</summary>
    public EquatableArray<NamedText> Errors { get; init; }

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

    /// <summary>The usage notes, one an item.</summary>
    public EquatableArray<string> Notes { get; init; }
}
