using Zoetrope.Generator.Providers;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Types;

/// <summary>What a value is checked for before it is sent. Limits that C# cannot hold are left to the service.</summary>
internal sealed record Constraints
{
    public static readonly Constraints None = new();

    public int? MinLength { get; init; }

    public int? MaxLength { get; init; }

    public int? MinItems { get; init; }

    public int? MaxItems { get; init; }

    /// <summary>Whether an empty text or list is valid whatever the least length: words about what may be left out do not mean it.</summary>
    public bool OrEmpty { get; init; }

    /// <summary>The least value, in digits.</summary>
    public string? Minimum { get; init; }

    /// <summary>The greatest value, in digits.</summary>
    public string? Maximum { get; init; }

    public bool ExclusiveMinimum { get; init; }

    public bool ExclusiveMaximum { get; init; }

    /// <summary>Whether an enum takes only the known values.</summary>
    public bool KnownValuesOnly { get; init; }

    /// <summary>The number that a number must be a multiple of, in digits.</summary>
    public string? MultipleOf { get; init; }

    /// <summary>The regular expressions that a string must match, all of them.</summary>
    public EquatableArray<PatternConstraint> Patterns { get; init; }

    /// <summary>Whether the items of a list must differ.</summary>
    public bool Unique { get; init; }

    /// <summary>Whether raw JSON must be an object.</summary>
    public bool IsObject { get; init; }

    /// <summary>Whether null is valid beside that, or beside the alternatives of a shared union that is what a list or a map holds.</summary>
    public bool OrNull { get; init; }

    /// <summary>The only values of a number, in digits, or of a boolean; none where any value of the type is allowed.</summary>
    public EquatableArray<string> Values { get; init; }

    /// <summary>The URLs that a file input takes, or null where nothing is known of them.</summary>
    public FileUrls? Urls { get; init; }

    public FileLimits? File { get; init; }

    /// <summary>The checks of what lies in a list or map that is an item itself.</summary>
    public Constraints? Items { get; init; }
}
