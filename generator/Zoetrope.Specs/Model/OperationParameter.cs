namespace Zoetrope.Specs.Model;

/// <summary>A parameter of an operation.</summary>
public sealed record OperationParameter
{
    /// <summary>Its name as it is sent.</summary>
    public required string Name { get; init; }

    /// <summary>Where it goes.</summary>
    public required ParameterLocation Location { get; init; }

    /// <summary>How it is written; the default of its location where the document does not say.</summary>
    public ParameterStyle Style { get; init; }

    /// <summary>Whether the parts of lists and objects are written one by one; the default of its style where the document does not say.</summary>
    public bool Explode { get; init; }

    /// <summary>Whether reserved characters are left as they are.</summary>
    public bool AllowReserved { get; init; }

    /// <summary>Whether it may span several segments of the path, so that its slashes are sent as they are (<c>x-multi-segment</c>).</summary>
    public bool IsMultiSegment { get; init; }

    /// <summary>Whether it must be there. Always true of one in the path.</summary>
    public bool Required { get; init; }

    /// <summary>What it is; its description and <c>deprecated</c> are the parameter's own where that states them.</summary>
    public required Schema Schema { get; init; }
}
