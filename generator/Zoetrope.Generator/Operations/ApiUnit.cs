using Zoetrope.Generator.Types;

namespace Zoetrope.Generator.Operations;

/// <summary>One file that is generated for an API: exactly one member is set beside the class.</summary>
/// <param name="Class">The API's classes.</param>
/// <param name="Client">The client.</param>
/// <param name="Shared">The shared types.</param>
/// <param name="Operation">An operation.</param>
/// <param name="Webhooks">The webhooks.</param>
/// <param name="HasClient">Whether the API has operations, and so a client.</param>
internal sealed record ApiUnit(
    ApiClass Class, BoundClient? Client = null, BoundTypes? Shared = null, BoundOperation? Operation = null, BoundWebhooks? Webhooks = null,
    bool HasClient = true)
{
    /// <summary>The files of an API; none where its types are in a referenced assembly.</summary>
    public static IEnumerable<ApiUnit> Of(BoundApi api)
    {
        if (api.Client.IsReference)
            yield break;
        var hasClient = api.Operations.Count > 0;
        if (hasClient)
            yield return new ApiUnit(api.Client.Class, Client: api.Client);
        yield return new ApiUnit(api.Client.Class, Shared: api.Shared, HasClient: hasClient);
        if (api.Webhooks is { } webhooks)
            yield return new ApiUnit(api.Client.Class, Webhooks: webhooks);
        foreach (var operation in api.Operations)
            yield return new ApiUnit(api.Client.Class, Operation: operation);
    }
}
