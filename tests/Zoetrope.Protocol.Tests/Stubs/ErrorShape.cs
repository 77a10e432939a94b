namespace Zoetrope.Protocol.Tests.Stubs;

/// <summary>An error response of a provider, and what must be read from it.</summary>
/// <param name="Name">What it is about.</param>
/// <param name="Response">The response.</param>
/// <param name="Message">The message that must be read.</param>
public sealed record ErrorShape(string Name, CannedResponse Response, string Message)
{
    public string? Type { get; init; }

    public string? RequestId { get; init; }

    public bool? Retryable { get; init; }

    /// <summary>The errors of single members, as <c>path: message (type)</c>.</summary>
    public string[] Fields { get; init; } = [];

    /// <summary>The context of the only member with an error; null when it is not looked at.</summary>
    public string? Context { get; init; }

    /// <summary>The model whose submit gets it.</summary>
    public string Model => "errors/" + Name;
}
