using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Tooling.Requests;

/// <summary>A value of a request, as a form asks for it.</summary>
/// <param name="Name">Its name in JSON; empty for the item of a list or a map.</param>
/// <param name="Kind">How it is asked for.</param>
public sealed record FormField(string Name, FieldKind Kind)
{
    /// <summary>Whether it must be given.</summary>
    public bool IsRequired { get; init; }

    /// <summary>The documented default as JSON; null where there is none.</summary>
    public string? Default { get; init; }

    /// <summary>The least value, in digits; null where there is none.</summary>
    public string? Minimum { get; init; }

    /// <summary>The greatest value, in digits; null where there is none.</summary>
    public string? Maximum { get; init; }

    /// <summary>The number that it must be a multiple of, in digits; null where there is none.</summary>
    public string? MultipleOf { get; init; }

    /// <summary>The least number of characters of a text, or of items of a list; null where there is none.</summary>
    public int? MinLength { get; init; }

    /// <summary>The greatest number of characters of a text, or of items of a list; null where there is none.</summary>
    public int? MaxLength { get; init; }

    /// <summary>The values to choose from, as text; empty where any value of the kind is allowed.</summary>
    public EquatableArray<string> Values { get; init; }

    /// <summary>Whether other values than <see cref="Values"/> may be valid too.</summary>
    public bool IsOpen { get; init; }

    /// <summary>The members of an object.</summary>
    public EquatableArray<FormField> Members { get; init; }

    /// <summary>What a list or a map holds; null for what is neither.</summary>
    public FormField? Item { get; init; }

    /// <summary>What it is checked for before it is sent, in words.</summary>
    public EquatableArray<string> Limits { get; init; }

    /// <summary>What is said of a deprecated member; null where it is none.</summary>
    public string? Deprecation { get; init; }

    /// <summary>What it does; null where no document says it.</summary>
    public string? Description { get; init; }
}
