using Zoetrope.Generator.Operations.Content;
using Zoetrope.Generator.Types;

namespace Zoetrope.Generator.Operations;

/// <summary>The body of a request.</summary>
internal sealed record BoundBody
{
    public required BodyKind Kind { get; init; }

    public required string MediaType { get; init; }

    public required bool Required { get; init; }

    /// <summary>What it is; of a form, nothing but its class. Nullable where it must be there and may be null.</summary>
    public required TypeRef Type { get; init; }

    /// <summary>The parts of a form, or null.</summary>
    public BoundMembers? Form { get; init; }

    public string Summary { get; init; } = "";

    public Constraints Constraints { get; init; } = Constraints.None;

    public Constraints ItemConstraints { get; init; } = Constraints.None;
}
