using Zoetrope.Specs.Model;
using Zoetrope.Specs.Providers;

namespace Zoetrope.Generator.Providers;

/// <summary>What generated code has to know of one provider. Each provider has one, in a file of its own.</summary>
internal sealed record ProviderProfile
{
    /// <summary>By what its documents are recognized.</summary>
    public required DocumentProfile Documents { get; init; }

    /// <summary>The client that gets a member for each endpoint: its type, without <c>global::</c>.</summary>
    public required string ClientType { get; init; }

    /// <summary>The package that contains the client.</summary>
    public required string Package { get; init; }

    /// <summary>The environment variable that holds the key.</summary>
    public required string KeyVariable { get; init; }

    /// <summary>The environment variables that hold the parts of the key where that one is not set; none where the key has no parts.</summary>
    public EquatableArray<string> KeyPartVariables { get; init; }

    /// <summary>The address in place of the provider's own for its own API; null where no variable changes it.</summary>
    public BaseUrlRule? BaseUrl { get; init; }

    /// <summary>The URLs that it takes for files, where a document describes them as such.</summary>
    public required FileUrls FileUrls { get; init; }

    /// <summary>How the names of list parameters end whose items are URLs although the document does not say so; null where none do.</summary>
    public string? UrlListSuffix { get; init; }

    /// <summary>Whether a result that is not described as an object with members is a single value, whose kind the document's output type states.</summary>
    public bool HasBareResults { get; init; }

    /// <summary>Whether endpoints that respond while they run are documented as if they had a queue.</summary>
    public bool HasLiveEndpoints { get; init; }

    /// <summary>Whether it publishes the prices of its models where a client can ask for them.</summary>
    public bool HasPriceList { get; init; }

    /// <summary>The provider's name.</summary>
    public string Name => Documents.Name;

    /// <summary>The client's type without its namespace.</summary>
    public string ClientName => ClientType.Substring(ClientType.LastIndexOf('.') + 1);
}
