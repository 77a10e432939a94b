using Newtonsoft.Json.Linq;
using NJsonSchema;
using NJsonSchema.Validation;
using Zoetrope.Simulator.Validation;

namespace Zoetrope.Agreement.Tests;

/// <summary>One thing that NJsonSchema finds wrong.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Path">Where.</param>
/// <param name="Property">The name of the member that it is about, if it is about one.</param>
/// <param name="Schema">The schema that is broken.</param>
/// <param name="Value">The value that breaks it; for missing members, what they are missing from.</param>
/// <param name="Branches">Where it is about alternatives or items: what is wrong with each.</param>
internal sealed record Finding(
    ValidationErrorKind Kind, string Path, string? Property, JsonSchema Schema, JToken Value, IReadOnlyList<IReadOnlyList<Finding>> Branches)
{
    public static Finding Of(ValidationError error, JToken root)
    {
        IReadOnlyList<IReadOnlyList<Finding>> branches = error is ChildSchemaValidationError child
            ? [.. child.Errors.Values.Select(errors => errors.Select(inner => Of(inner, root)).ToList())]
            : error is MultiTypeValidationError types ? [.. types.Errors.Values.Select(errors => errors.Select(inner => Of(inner, root)).ToList())] : [];
        return new(error.Kind, error.Path ?? "", error.Property, error.Schema, JsonLocation.Find(root, error.Path).Value, branches);
    }

    public override string ToString() => Branches.Count == 0
        ? $"{Kind} at {Path}"
        : $"{Kind} at {Path} ({string.Join(" | ", Branches.Select(branch => string.Join(", ", branch)))})";
}
