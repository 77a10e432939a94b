using Zoetrope.Specs;

namespace Zoetrope.Generator;

/// <summary>One endpoint, ready to be written: every name and type is settled.</summary>
internal sealed record BoundEndpoint
{
    public required string Provider { get; init; }

    public required string Id { get; init; }

    /// <summary>The namespace that holds the endpoint's class.</summary>
    public required string Namespace { get; init; }

    /// <summary>The name of the endpoint's class.</summary>
    public required string Name { get; init; }

    /// <summary>Whether the class is in a referenced assembly, so that nothing is emitted here.</summary>
    public required bool IsReference { get; init; }

    public required EndpointFacts Facts { get; init; }

    /// <summary>The request, the result, and the types inside them.</summary>
    public required BoundTypes Types { get; init; }

    public BoundObject Request => Types.Objects[0];

    public BoundObject Result => Types.Objects[1];

    /// <summary>The class with its namespace.</summary>
    public string FullName => "global::" + Namespace + "." + Name;
}

/// <summary>What the documents say about an endpoint besides its types.</summary>
/// <param name="Title">The model's title.</param>
/// <param name="Description">What it does.</param>
/// <param name="Category">The provider's category.</param>
/// <param name="OutputType">The kind of result.</param>
/// <param name="Status">The status of the model.</param>
/// <param name="EstimatedSeconds">How long a job usually takes.</param>
/// <param name="Pricing">The price in the page's words.</param>
/// <param name="PageUrl">The page of the model.</param>
/// <param name="Sources">The names of the documents.</param>
internal sealed record EndpointFacts(
    string? Title, string? Description, string? Category, string? OutputType, string? Status, int? EstimatedSeconds, string? Pricing, string? PageUrl, EquatableArray<string> Sources);

/// <summary>Where an object stands, which decides how its properties are written.</summary>
internal enum ObjectRole
{
    /// <summary>The request, or an object inside it: settable, validated.</summary>
    Input,

    /// <summary>The result, or an object only inside it: read-only, liberal.</summary>
    Output,
}

/// <summary>An object type.</summary>
internal sealed record BoundObject
{
    public required string Name { get; init; }

    /// <summary>What it is called in the lock file (see <see cref="NameKeys"/>).</summary>
    public required string Key { get; init; }

    public required ObjectRole Role { get; init; }

    public string Summary { get; init; } = "";

    public EquatableArray<BoundProperty> Properties { get; init; }

    public EquatableArray<BoundRule> Rules { get; init; }

    /// <summary>Whether the JSON is not an object but the value of the only property (Eachlabs' results).</summary>
    public bool IsUnwrapped { get; init; }

    /// <summary>Whether its members are sent one by one, and are not those of a JSON object.</summary>
    public bool IsForm { get; init; }

    /// <summary>The property with that JSON name, or null.</summary>
    public BoundProperty? Find(string jsonName) => Properties.FirstOrDefault(property => property.JsonName == jsonName);
}

/// <summary>A member of an object.</summary>
internal sealed record BoundProperty
{
    public required string JsonName { get; init; }

    public required string Name { get; init; }

    public required TypeRef Type { get; init; }

    public bool Required { get; init; }

    /// <summary>
    /// The only value of a required member or a discriminator, in plain text; it is there without being given. Null where there is a choice.
    /// </summary>
    public string? Constant { get; init; }

    /// <summary>Whether an explicit null is allowed.</summary>
    public bool Nullable { get; init; }

    /// <summary>What it does, with its default and limits.</summary>
    public string Summary { get; init; } = "";

    public Constraints Constraints { get; init; } = Constraints.None;

    /// <summary>The same for the items of a list or a map.</summary>
    public Constraints ItemConstraints { get; init; } = Constraints.None;

    /// <summary>The default as JSON, for listings.</summary>
    public string? Default { get; init; }

    /// <summary>The description alone, for listings.</summary>
    public string? Description { get; init; }

    /// <summary>The JSON type, for listings.</summary>
    public string JsonType { get; init; } = "any";

    /// <summary>Where its document describes it.</summary>
    public string Pointer { get; init; } = "";
}

/// <summary>What a value is checked for before it is sent. Limits that C# cannot hold are left to the service.</summary>
internal sealed record Constraints
{
    public static readonly Constraints None = new();

    public int? MinLength { get; init; }

    public int? MaxLength { get; init; }

    public int? MinItems { get; init; }

    public int? MaxItems { get; init; }

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

    /// <summary>Whether null is valid beside that.</summary>
    public bool OrNull { get; init; }

    /// <summary>The only values of a number, in digits, or of a boolean; none where any value of the type is allowed.</summary>
    public EquatableArray<string> Values { get; init; }

    /// <summary>The URLs that a file input takes, or null where nothing is known of them.</summary>
    public FileUrls? Urls { get; init; }

    public FileLimits? File { get; init; }

    /// <summary>The checks of what lies in a list or map that is an item itself.</summary>
    public Constraints? Items { get; init; }
}

/// <summary>The URLs that a file input takes.</summary>
internal enum FileUrls
{
    /// <summary>Any http or https URL and data URIs.</summary>
    Any,

    /// <summary>Https URLs of public hosts.</summary>
    PublicHttps,
}

/// <summary>A regular expression that a string must match.</summary>
/// <param name="Pattern">As .NET reads it.</param>
/// <param name="Text">As the document writes it.</param>
internal sealed record PatternConstraint(string Pattern, string Text);

/// <summary>A rule between properties.</summary>
/// <param name="Kind">What it asks.</param>
/// <param name="Properties">The JSON names of the properties.</param>
internal sealed record BoundRule(ParameterRuleKind Kind, EquatableArray<string> Properties);

/// <summary>An open enum over string.</summary>
/// <param name="Name">Its C# name.</param>
/// <param name="Key">What it is called in the lock file.</param>
/// <param name="Summary">What it is.</param>
/// <param name="Values">The known values.</param>
internal sealed record BoundEnum(string Name, string Key, string Summary, EquatableArray<BoundValue> Values);

/// <summary>A known value of an open enum.</summary>
/// <param name="Name">Its C# name.</param>
/// <param name="Text">The value.</param>
internal sealed record BoundValue(string Name, string Text);
