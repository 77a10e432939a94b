namespace Zoetrope.Specs.Model;

/// <summary>What a service posts to an address of the user's (<c>webhooks</c>).</summary>
public sealed record WebhookDescription
{
    /// <summary>The document's name of it, such as <c>clip.ready</c>; with the method where one has several.</summary>
    public required string Name { get; init; }

    /// <summary>When it is posted, in a line.</summary>
    public string? Summary { get; init; }

    /// <summary>When it is posted, at length.</summary>
    public string? Description { get; init; }

    /// <summary>What is posted, as JSON.</summary>
    public required Schema Payload { get; init; }

    /// <summary>Its location (see <see cref="Schema.Pointer"/>).</summary>
    public required string Pointer { get; init; }
}
