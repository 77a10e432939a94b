using Zoetrope.Generator.Types;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Operations;

/// <summary>One API, ready to be written.</summary>
internal sealed record BoundApi
{
    public required BoundClient Client { get; init; }

    /// <summary>What operations share.</summary>
    public required BoundTypes Shared { get; init; }

    public required EquatableArray<BoundOperation> Operations { get; init; }

    /// <summary>What it posts to its users; null where the document describes nothing of it.</summary>
    public BoundWebhooks? Webhooks { get; init; }

    /// <summary>The keys of shared types that the document does not name, by the keys of their uses.</summary>
    public required EquatableArray<LockedName> Uses { get; init; }
}
