using Zoetrope.Generator.Types;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Operations;

/// <summary>A parameter in the path.</summary>
internal sealed record BoundArgument
{
    public required string JsonName { get; init; }

    /// <summary>The name of the method's parameter.</summary>
    public required string Name { get; init; }

    public required TypeRef Type { get; init; }

    public required OperationParameter Parameter { get; init; }

    public required string Summary { get; init; }

    public Constraints Constraints { get; init; } = Constraints.None;

    public Constraints ItemConstraints { get; init; } = Constraints.None;
}
