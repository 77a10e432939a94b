using static Zoetrope.Specs.Diagnostics.ProblemKind;

namespace Zoetrope.Specs.Diagnostics;

/// <content>The kinds of problem of OpenAPI documents and their schemas.</content>
public static partial class Problems
{
    /// <summary>OpenAPI: a version that is not read.</summary>
    public static readonly ProblemKind OpenApiVersion = Error("ZT0013", "Unsupported OpenAPI version",
        "OpenAPI {0} is not supported; 3.0, 3.1 and 3.2 in JSON are. `zoetrope specs add` converts Swagger 2; convert other versions before vendoring them");

    /// <summary>OpenAPI: no operation.</summary>
    public static readonly ProblemKind NoOperations = Info("ZT0014", "No operations",
        "The OpenAPI document has no operations, so nothing is generated from it but the models of a declaration that names it for its schemas");

    /// <summary>OpenAPI: a part that the model endpoint needs is missing.</summary>
    public static readonly ProblemKind OpenApiMissing = Error("ZT0015", "Missing OpenAPI part",
        "The document has no {0}, which describes the endpoint '{1}'; restore it");

    /// <summary>OpenAPI: a reference that leads nowhere.</summary>
    public static readonly ProblemKind DanglingReference = Warning("ZT0017", "Dangling reference",
        "The reference '{0}' leads to nothing in the document; a value stays raw JSON, a parameter or a response is omitted");

    /// <summary>OpenAPI: a reference to another document.</summary>
    public static readonly ProblemKind ExternalReference = Error("ZT0018", "External reference",
        "'{0}' refers to another document, which is never fetched; copy the schema into this document");

    /// <summary>OpenAPI: a dynamic reference to one of several schemas.</summary>
    public static readonly ProblemKind DynamicReference = Info("ZT0082", "Ambiguous dynamic reference",
        "Several schemas have the dynamic anchor of '{0}'; the value is read as '{1}', also where another schema replaces that");

    /// <summary>OpenAPI: a reference that leads to one of several schemas, or to one outside of the schema that it is resolved against.</summary>
    public static readonly ProblemKind UncertainReference = Warning("ZT0084", "Ambiguous reference",
        "'{0}' is not the address of exactly one schema in the innermost schema with an '$id' around it; it is read as '{1}'");

    /// <summary>OpenAPI: a keyword with a value it cannot have.</summary>
    public static readonly ProblemKind BadKeyword = Warning("ZT0019", "Invalid keyword value", "'{0}' must be {1}; it is ignored");

    /// <summary>OpenAPI: a keyword that has no counterpart.</summary>
    public static readonly ProblemKind UnsupportedKeyword = Info("ZT0020", "Keyword not enforced",
        "'{0}' is not validated before sending; the service still validates it");

    /// <summary>OpenAPI: an array whose items differ by position.</summary>
    public static readonly ProblemKind Tuple = Info("ZT0021", "Tuple kept as raw JSON", "The items of this array differ by position; they stay raw JSON");

    /// <summary>OpenAPI: something that is not a schema.</summary>
    public static readonly ProblemKind NotASchema = Warning("ZT0022", "Invalid schema", "A schema must be an object or a boolean; this value stays raw JSON");

    /// <summary>OpenAPI: references that only lead to each other.</summary>
    public static readonly ProblemKind CircularReference = Error("ZT0023", "Circular reference",
        "'{0}' refers back to itself without describing anything; describe a type on the way");

    /// <summary>OpenAPI: combined schemas that allow nothing in common.</summary>
    public static readonly ProblemKind Contradiction = Warning("ZT0024", "Contradicting schemas", "The schemas combined here allow no {0} in common; {1}");

    /// <summary>OpenAPI: several endpoints in one document.</summary>
    public static readonly ProblemKind SeveralEndpoints = Warning("ZT0025", "Several endpoints",
        "The document describes more than the model endpoint '{0}', and only that one is read; give each endpoint its own document");

    /// <summary>OpenAPI: schemas in each other without end.</summary>
    public static readonly ProblemKind SchemasTooDeep = Warning("ZT0026", "Schemas too deep",
        "Schemas are nested more than {0} levels deep; the value stays raw JSON");

    /// <summary>Schema: limits that leave nothing.</summary>
    public static readonly ProblemKind EmptyRange = Warning("ZT0074", "Empty range", "'{0}' is above '{1}', so no value is valid; correct one of them");

    /// <summary>Schema: <c>false</c>.</summary>
    public static readonly ProblemKind NothingAllowed = Info("ZT0075", "Schema 'false' matches no value",
        "The schema 'false' matches no value; a value here stays raw JSON and is not validated before sending");

    /// <summary>Schema: a discriminator without alternatives.</summary>
    public static readonly ProblemKind LoneDiscriminator = Info("ZT0076", "Discriminator without alternatives",
        "The discriminator '{0}' has no 'oneOf' or 'anyOf' beside it; the value is read as this schema, and members of other schemas are kept in "
            + "ExtraProperties");

    /// <summary>Schema: a discriminator that cannot be used.</summary>
    public static readonly ProblemKind BadDiscriminator = Warning("ZT0077", "Invalid discriminator", "The discriminator is ignored: {0}");

    /// <summary>Schema: alternatives beside a reference or other alternatives.</summary>
    public static readonly ProblemKind AlternativesIgnored = Info("ZT0078", "Alternatives not enforced",
        "The alternatives of '{0}' cannot be combined with the other alternatives or the reference beside them; they are not validated before sending");

    /// <summary>Schema: a value of another type than the schema states.</summary>
    public static readonly ProblemKind ValueOfOtherType = Info("ZT0079", "Value of another type",
        "The value {0} is not of the type that the schema states; it is converted where possible, and omitted otherwise");

    /// <summary>Schema: a required name that is another spelling of a described one.</summary>
    public static readonly ProblemKind RequiredSpelling = Warning("ZT0080", "Required member in another spelling",
        "'required' names '{0}', which is not described, while '{1}' is; there is no member '{0}', and '{1}' need not be given. Use the spelling of "
            + "the service in both");
}
