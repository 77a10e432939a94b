namespace Zoetrope.Specs.Model;

/// <summary>
/// What a document says about one value, whichever form it said it in: a JSON Schema of an OpenAPI document, a bullet of a fal page
/// or a table row of an Eachlabs page. It carries no positions; <see cref="SpecReader.Locate"/> finds them again from <see cref="Pointer"/>.
/// </summary>
public sealed record Schema
{
    /// <summary>
    /// Where in its document this was said: a JSON pointer in JSON documents; in pages <c>/input/{parameter}</c> or <c>/output/{member}</c>.
    /// </summary>
    public string Pointer { get; init; } = "";

    /// <summary>The name of the schema that this one refers to (<c>#/components/schemas/{Ref}</c>, or a type name of a page), or null.</summary>
    public string? Ref { get; init; }

    /// <summary>
    /// The types it allows. <c>nullable</c>, <c>anyOf [T, null]</c> and type arrays with "null" all set <see cref="SchemaTypes.Null"/> and are folded away.
    /// </summary>
    public SchemaTypes Types { get; init; }

    /// <summary>The title, which in many documents is the property's name in words.</summary>
    public string? Title { get; init; }

    /// <summary>The prose, without what other members already say.</summary>
    public string? Description { get; init; }

    /// <summary>Where <see cref="Description"/> was said, where that is another document than <see cref="Pointer"/> is of; else null.</summary>
    public string? DescriptionPointer { get; init; }

    /// <summary>
    /// What is said of the value elsewhere and does not count as its description: at the referenced schema, at the list that it is in. Null where that is
    /// nothing.
    /// </summary>
    public string? MoreDescription { get; init; }

    /// <summary>
    /// The format, such as <c>uri</c> or <c>date-time</c>. Where only <c>contentMediaType</c> or <c>contentEncoding</c> says it: <c>binary</c> for bytes,
    /// <c>byte</c> for bytes in base64.
    /// </summary>
    public string? Format { get; init; }

    /// <summary>What JSON a string holds, where the document says so (<c>contentSchema</c>); null where it says nothing of it.</summary>
    public Schema? Content { get; init; }

    /// <summary>The regular expression that a string must match.</summary>
    public string? Pattern { get; init; }

    /// <summary>Other regular expressions that it must match too, where several schemas describe it together.</summary>
    public EquatableArray<string> MorePatterns { get; init; }

    /// <summary>The only values that it may have; a <c>const</c> is an enum of one. A null member is folded into <see cref="Types"/>.</summary>
    public EquatableArray<JsonLiteral> Enum { get; init; }

    /// <summary>How the document calls the values of <see cref="Enum"/>; those that it gives neither a name nor a description are left out.</summary>
    public EquatableArray<ValueLabel> Labels { get; init; }

    /// <summary>The value that the service takes when none is given.</summary>
    public JsonLiteral? Default { get; init; }

    /// <summary>Example values.</summary>
    public EquatableArray<JsonLiteral> Examples { get; init; }

    /// <summary>The lower limit of a number, in the document's spelling.</summary>
    public string? Minimum { get; init; }

    /// <summary>The upper limit of a number, in the document's spelling.</summary>
    public string? Maximum { get; init; }

    /// <summary>Whether <see cref="Minimum"/> itself is out (both OpenAPI styles are folded into this).</summary>
    public bool ExclusiveMinimum { get; init; }

    /// <summary>Whether <see cref="Maximum"/> itself is out.</summary>
    public bool ExclusiveMaximum { get; init; }

    /// <summary>The number that a value must be a multiple of, in the document's spelling.</summary>
    public string? MultipleOf { get; init; }

    /// <summary>The least length of a string, in Unicode code points.</summary>
    public int? MinLength { get; init; }

    /// <summary>The greatest length of a string, in Unicode code points.</summary>
    public int? MaxLength { get; init; }

    /// <summary>The least number of items of an array.</summary>
    public int? MinItems { get; init; }

    /// <summary>The greatest number of items of an array.</summary>
    public int? MaxItems { get; init; }

    /// <summary>Whether the items of an array must differ.</summary>
    public bool UniqueItems { get; init; }

    /// <summary>What the items of an array are; null when the document does not say.</summary>
    public Schema? Items { get; init; }

    /// <summary>The members of an object, in the document's preferred order (<c>x-fal-order-properties</c> where it is given).</summary>
    public EquatableArray<SchemaProperty> Properties { get; init; }

    /// <summary>What undeclared members of an object are (<c>additionalProperties</c> as a schema), or null.</summary>
    public Schema? AdditionalProperties { get; init; }

    /// <summary>Whether <c>additionalProperties: false</c> forbids undeclared members.</summary>
    public bool Closed { get; init; }

    /// <summary>Rules between the members of an object: alternatives that only say which members are required.</summary>
    public EquatableArray<ParameterRule> Rules { get; init; }

    /// <summary>Alternatives (<c>anyOf</c> and <c>oneOf</c>), null alternatives folded away; never exactly one.</summary>
    public EquatableArray<Schema> AnyOf { get; init; }

    /// <summary>
    /// Which member of an object distinguishes the alternatives of <see cref="AnyOf"/>, where the document says so. In the alternatives that member has the
    /// values that mean each.
    /// </summary>
    public Discriminator? Discriminator { get; init; }

    /// <summary>Whether the document says that it is deprecated, or that it is not; null where it says neither.</summary>
    public bool? Deprecated { get; init; }

    /// <summary>What extensions of the document say of that, such as what replaces it; null where they say nothing.</summary>
    public string? DeprecationNote { get; init; }

    /// <summary>Whether only responses have it: requests may leave it out, also where it is required.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>Whether only requests have it: responses may leave it out, also where it is required.</summary>
    public bool WriteOnly { get; init; }

    /// <summary>What the file behind a URL must be like (fal's <c>x-fal</c>), or null.</summary>
    public FileLimits? File { get; init; }

    /// <summary>The types that it allows besides <c>null</c>.</summary>
    public SchemaTypes NonNullTypes => Types & ~SchemaTypes.Null;

    /// <summary>Whether it may be <c>null</c>.</summary>
    public bool Nullable => (Types & SchemaTypes.Null) != 0;

    /// <summary>What two schemas say of one value besides the description that counts, which is that of the nearer one; null where that is nothing.</summary>
    /// <param name="nearer">The schema whose description counts.</param>
    /// <param name="other">The referenced schema, or the list or the alternatives around.</param>
    public static string? MoreOf(Schema nearer, Schema other)
    {
        var said = nearer.Description is null || nearer.Description == other.Description ? null : other.Description;
        var all = new[] { nearer.MoreDescription, said, other.MoreDescription }.OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        return all.Count == 0 ? null : string.Join(". ", all);
    }

    /// <summary>The same without its location, prose, examples and default: what it requires of a value. What is inside keeps its own.</summary>
    public Schema WithoutProse() => this with
    {
        Pointer = "",
        Title = null,
        Description = null,
        MoreDescription = null,
        Examples = default,
        Default = null,
        Content = null,
        Labels = LabelsWithoutProse(),
    };

    /// <summary>What is said of each value; of a schema with one value, what it says of itself.</summary>
    public IEnumerable<ValueLabel> LabelsOfValues => Labels.Count > 0 || Enum.Count != 1 || (Description is null && Deprecated is null)
        ? Labels
        : [new(Enum[0].Text, null, Description) { Deprecated = Deprecated, DeprecationNote = DeprecationNote }];

    /// <summary>The names of values alone.</summary>
    public EquatableArray<ValueLabel> LabelsWithoutProse() => Labels.Count == 0
        ? Labels
        : Labels.Where(label => label.Name is not null).Select(label => new ValueLabel(label.Value, label.Name, null)).ToEquatableArray();
}
