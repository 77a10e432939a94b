using Zoetrope.Specs.Model;
using Zoetrope.Specs.Providers;

namespace Zoetrope.Specs.Diagnostics;

/// <summary>
/// The kinds of problem that the readers report. Ids are stable: ZT00xx is about reading, ZT01xx about merging and binding, ZT02xx about
/// options and emitting. Each message says what is wrong, where, and what to do.
/// </summary>
public static class Problems
{
    /// <summary>The document is of no known kind.</summary>
    public static readonly ProblemKind UnknownContent = Error("ZT0001", "Unknown document",
        "Zoetrope cannot read this file: expected a " + string.Join(" or ", DocumentProfiles.All.Select(profile => profile.DisplayName))
            + " model page (Markdown that begins with '# '), an OpenAPI 3.0 or 3.1 document, a catalog or a lock file (JSON); {0}. "
            + "Move a file that is not a provider's document to another folder, or exclude it with Exclude=\"…\" of <ZoetropeSpec Include=\"…\" />");

    /// <summary>The file contains a merge conflict.</summary>
    public static readonly ProblemKind ConflictMarker = Error("ZT0002", "Merge conflict",
        "The file contains an unresolved merge conflict; resolve it and remove the markers");

    /// <summary>JSON: another character was expected.</summary>
    public static readonly ProblemKind JsonUnexpected = Error("ZT0003", "Invalid JSON", "Invalid JSON: expected {0} but found {1}");

    /// <summary>JSON: the text ends too early.</summary>
    public static readonly ProblemKind JsonEnds = Error("ZT0004", "Incomplete JSON",
        "Incomplete JSON: the text ends where {0} is expected; vendor the complete file");

    /// <summary>JSON: something follows the document.</summary>
    public static readonly ProblemKind JsonTrailing = Error("ZT0005", "Text after JSON", "{0} follows the end of the JSON document; remove what follows it");

    /// <summary>JSON: a control character in a string.</summary>
    public static readonly ProblemKind JsonControlCharacter = Error("ZT0006", "Control character in JSON",
        "A JSON string contains the control character U+{0}; write it as an escape");

    /// <summary>JSON: a string without its end.</summary>
    public static readonly ProblemKind JsonUnclosedString = Error("ZT0007", "Unclosed JSON string", "The JSON string that begins here has no closing quote");

    /// <summary>JSON: an escape that JSON does not have.</summary>
    public static readonly ProblemKind JsonBadEscape = Error("ZT0008", "Invalid JSON escape",
        "Invalid escape in a JSON string; valid are \\\" \\\\ \\/ \\b \\f \\n \\r \\t and \\u with four hexadecimal digits");

    /// <summary>JSON: a number that JSON does not have.</summary>
    public static readonly ProblemKind JsonBadNumber = Error("ZT0009", "Invalid JSON number", "Invalid JSON number; write it as 0.5, -1 or 1e9");

    /// <summary>JSON: nested too deep.</summary>
    public static readonly ProblemKind JsonTooDeep = Error("ZT0010", "JSON nested too deep", "Arrays and objects are nested more than {0} levels deep");

    /// <summary>JSON: too many values.</summary>
    public static readonly ProblemKind JsonTooLarge = Error("ZT0011", "JSON too large", "The document contains more than {0} values; split it");

    /// <summary>JSON: the same property twice.</summary>
    public static readonly ProblemKind JsonDuplicate = Warning("ZT0012", "Duplicate property", "The property '{0}' is repeated here; the last value is used");

    /// <summary>OpenAPI: a version that is not read.</summary>
    public static readonly ProblemKind OpenApiVersion = Error("ZT0013", "Unsupported OpenAPI version",
        "OpenAPI {0} is not supported; 3.0 and 3.1 in JSON are. `zoetrope specs add` converts Swagger 2; convert other versions before vendoring them");

    /// <summary>OpenAPI: no operation.</summary>
    public static readonly ProblemKind NoOperations = Info("ZT0014", "No operations", "The OpenAPI document has no operations; nothing is generated from it");

    /// <summary>OpenAPI: a part that the model endpoint needs is missing.</summary>
    public static readonly ProblemKind OpenApiMissing = Error("ZT0015", "Missing OpenAPI part",
        "The document has no {0}, which describes the endpoint '{1}'; restore it");

    /// <summary>The provider cannot be detected from the content.</summary>
    public static readonly ProblemKind UnknownProvider = Error("ZT0016", "Unknown provider",
        "The provider cannot be detected from the document; set it, as in <ZoetropeSpec Include=\"…\" Provider=\"" + DocumentProfiles.All[0].Name + "\" />");

    /// <summary>OpenAPI: a reference that leads nowhere.</summary>
    public static readonly ProblemKind DanglingReference = Warning("ZT0017", "Dangling reference",
        "The reference '{0}' leads to nothing in the document; a value stays raw JSON, a parameter or a response is omitted");

    /// <summary>OpenAPI: a reference to another document.</summary>
    public static readonly ProblemKind ExternalReference = Error("ZT0018", "External reference",
        "'{0}' refers to another document, which is never fetched; copy the schema into this document");

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

    /// <summary>A request that the document does not describe.</summary>
    public static readonly ProblemKind EmptyInput = Warning("ZT0027", "Request without members",
        "The document describes no member of the request, so its type has none; set members in its ExtraProperties, which is sent without validation, "
            + "or vendor a complete document");

    /// <summary>Page: a required line is missing.</summary>
    public static readonly ProblemKind PageLineMissing = Error("ZT0030", "Missing line", "The line '{0}' is missing here; restore it or vendor the page again");

    /// <summary>Page: a required section is missing.</summary>
    public static readonly ProblemKind PageSectionMissing = Error("ZT0031", "Missing section",
        "The section '{0}' is missing before this line; restore it or vendor the page again");

    /// <summary>Page: text that belongs to no parameter.</summary>
    public static readonly ProblemKind PageDangling = Error("ZT0032", "Text without a parameter",
        "This text belongs to no parameter: the line '- **`name`** (`type`, _required_|_optional_):' above it is missing or malformed");

    /// <summary>Page: a parameter line that cannot be read.</summary>
    public static readonly ProblemKind PageBadParameter = Error("ZT0033", "Unreadable parameter", "The parameter '{0}' cannot be read: {1}");

    /// <summary>Page: a value that is not JSON.</summary>
    public static readonly ProblemKind PageBadValue = Warning("ZT0034", "Unreadable value", "The {0} of '{1}' is not valid JSON; it is ignored");

    /// <summary>The same parameter, or the same form of a body, twice.</summary>
    public static readonly ProblemKind DescribedTwice = Warning("ZT0035", "Duplicate description", "'{0}' is described twice; the first description is used");

    /// <summary>Page: it ends too early.</summary>
    public static readonly ProblemKind PageCut = Warning("ZT0036", "Incomplete page",
        "The page is incomplete: it ends in {0}. What it contains so far is read; vendor the whole page");

    /// <summary>Page: an older format.</summary>
    public static readonly ProblemKind PageOlder = Warning("ZT0037", "Outdated page",
        "The page has an older format without a parameter table, so no request can be generated from it; vendor the current page");

    /// <summary>Page: a type that is not known.</summary>
    public static readonly ProblemKind PageUnknownType = Warning("ZT0038", "Unknown type", "'{0}' has the unknown type '{1}'; it stays raw JSON");

    /// <summary>Page: a default that does not fit its type.</summary>
    public static readonly ProblemKind PageBadDefault = Warning("ZT0039", "Default of another type", "The default '{0}' of '{1}' is not a valid {2}");

    /// <summary>Page: a constraint that is not recognized.</summary>
    public static readonly ProblemKind PageBadConstraint = Info("ZT0040", "Unrecognized constraint",
        "The constraint '{0}' of '{1}' is not recognized, so it is not validated before sending");

    /// <summary>Page: a rule about parameters that do not exist.</summary>
    public static readonly ProblemKind PageRuleUnknown = Info("ZT0041", "Rule about an unknown parameter",
        "The rule '{0}' names '{1}', which is not a parameter; it is not validated before sending");

    /// <summary>Page: endpoint and model id differ.</summary>
    public static readonly ProblemKind PageIdsDiffer = Error("ZT0042", "Contradicting ids",
        "The page names the endpoint '{0}' but its model id is '{1}'; one of them is wrong");

    /// <summary>Page: an example that cannot be read.</summary>
    public static readonly ProblemKind PageBadExample = Warning("ZT0043", "Unreadable example", "The example is not valid JSON: {0}; it is ignored");

    /// <summary>Page: an example with a member that is not a parameter.</summary>
    public static readonly ProblemKind PageExampleUnknown = Warning("ZT0044", "Undescribed parameter",
        "The example gives '{0}', which the page does not describe as a parameter; is its description missing?");

    /// <summary>Page: an enum without its options.</summary>
    public static readonly ProblemKind PageOptionsMissing = Warning("ZT0045", "Missing options",
        "'{0}' has the type '{1}', but the line '- Options: …' with its values is missing; it stays raw JSON");

    /// <summary>Page: an example with a value of another type.</summary>
    public static readonly ProblemKind PageExampleDiffers = Warning("ZT0046", "Example of another type",
        "The example gives '{0}' as {1}, but the page describes it as {2}; the description is used, so the example would be rejected");

    /// <summary>Catalog or lock: a member of the wrong form.</summary>
    public static readonly ProblemKind BadMember = Error("ZT0050", "Invalid member", "'{0}' must be {1}");

    /// <summary>Catalog or lock: a member that is missing.</summary>
    public static readonly ProblemKind MissingMember = Error("ZT0051", "Missing member", "'{0}' is missing here; it must be {1}");

    /// <summary>Catalog or lock: a member that is not known.</summary>
    public static readonly ProblemKind UnknownMember = Warning("ZT0052", "Unknown member", "'{0}' has no meaning here; it is ignored");

    /// <summary>API: no title.</summary>
    public static readonly ProblemKind NoTitle = Warning("ZT0060", "Missing API title",
        "The document has no 'info.title', from which its client is named; '{0}' is used instead. Add a title");

    /// <summary>API: a part that has no counterpart in C#.</summary>
    public static readonly ProblemKind NotGenerated = Info("ZT0061", "Unsupported OpenAPI part", "'{0}' is not supported, so nothing is generated for it");

    /// <summary>API: a method that is not called.</summary>
    public static readonly ProblemKind MethodLeftOut = Warning("ZT0062", "Unknown HTTP method",
        "'{0}' at '{1}' is not an HTTP method of OpenAPI (get, put, post, delete, patch, head, options, trace); it is omitted");

    /// <summary>API: a template that no parameter describes.</summary>
    public static readonly ProblemKind TemplateWithoutParameter = Warning("ZT0063", "Undescribed path parameter",
        "No parameter describes '{1}' in the path '{0}'; it is a string");

    /// <summary>API: a path parameter that the path does not have.</summary>
    public static readonly ProblemKind ParameterWithoutTemplate = Warning("ZT0064", "Path parameter not in the path",
        "'{0}' is a path parameter, but the path '{1}' does not contain '{2}'; it is omitted");

    /// <summary>API: a header that is not a parameter.</summary>
    public static readonly ProblemKind ReservedHeader = Info("ZT0065", "Reserved header as a parameter",
        "The header '{0}' is not a parameter: the client sets it from the body, the responses and the key; it is omitted");

    /// <summary>API: a style that the parameter cannot have.</summary>
    public static readonly ProblemKind UnfitStyle = Warning("ZT0066", "Invalid parameter style",
        "The style '{1}' is not valid for the location of the parameter '{0}'; '{2}' is used");

    /// <summary>API: several keys at once.</summary>
    public static readonly ProblemKind SeveralKeys = Info("ZT0067", "Several keys required",
        "'{0}' are required together; the client sends its key as the first. Set the others in the Headers of the client's options");

    /// <summary>API: a security scheme that is not there.</summary>
    public static readonly ProblemKind UnknownScheme = Warning("ZT0068", "Unknown security scheme",
        "'components/securitySchemes' has no '{0}'; the requirement is ignored");

    /// <summary>API: a security scheme that is not known.</summary>
    public static readonly ProblemKind KeyNotSent = Info("ZT0069", "Unsupported security scheme",
        "The security scheme '{0}' is not of a supported type; set its header in the Headers of the client's options");

    /// <summary>API: a server that cannot be called.</summary>
    public static readonly ProblemKind ServerLeftOut = Info("ZT0070", "Unusable server URL", "The server '{0}' is ignored: {1}");

    /// <summary>API: no server.</summary>
    public static readonly ProblemKind NoServer = Info("ZT0071", "No usable server",
        "The document names no usable server; set the BaseUrl of the client's options");

    /// <summary>API: a response without a status.</summary>
    public static readonly ProblemKind NotAStatus = Warning("ZT0072", "Invalid response status",
        "'{0}' is not a status (such as 200, 4XX or default); the response is omitted");

    /// <summary>API: two operations of one id.</summary>
    public static readonly ProblemKind SameOperationId = Warning("ZT0073", "Duplicate operation id",
        "The operationId '{0}' is also the one of {1} {2}; give each operation its own");

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
            + "the service in both places");

    /// <summary>Makes a problem at a location in the text.</summary>
    public static SpecProblem At(this ProblemKind kind, int start, int length, params string[] arguments) =>
        new(kind, "", start, length, new(arguments));

    /// <summary>Makes a problem at a location in the text.</summary>
    public static SpecProblem At(this ProblemKind kind, TextRange range, params string[] arguments) =>
        new(kind, "", range.Start, range.Length, new(arguments));

    /// <summary>Makes a problem at the location that a pointer names.</summary>
    public static SpecProblem AtPointer(this ProblemKind kind, string pointer, params string[] arguments) =>
        new(kind, pointer, -1, 0, new(arguments));

    private static ProblemKind Error(string id, string title, string message) => new(id, title, message, ProblemSeverity.Error);

    private static ProblemKind Warning(string id, string title, string message) => new(id, title, message, ProblemSeverity.Warning);

    private static ProblemKind Info(string id, string title, string message) => new(id, title, message, ProblemSeverity.Info);
}
