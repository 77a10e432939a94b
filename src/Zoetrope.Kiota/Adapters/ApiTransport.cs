using Zoetrope.Operations;

namespace Zoetrope.Kiota.Adapters;

/// <summary>The transport of an API without operations of its own.</summary>
/// <param name="definition">The facts about the API.</param>
/// <param name="options">The options.</param>
internal sealed class ApiTransport(ApiDefinition definition, ApiClientOptions options) : ApiClient(definition, options)
{
    /// <summary>Removes the key from the values of a header.</summary>
    public IReadOnlyList<string> WithoutKey(IReadOnlyList<string> values) => [.. values.Select(WithoutKey)];
}
