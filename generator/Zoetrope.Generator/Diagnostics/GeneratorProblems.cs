using Zoetrope.Specs.Diagnostics;
using static Zoetrope.Specs.Diagnostics.ProblemKind;

namespace Zoetrope.Generator.Diagnostics;

/// <summary>
/// The kinds of problem that merging, binding and emitting report. Ids are stable: ZT01xx is about merging and binding, ZT02xx about options and
/// emitting; ZT00xx are the readers' (<see cref="Problems"/>).
/// </summary>
public static class GeneratorProblems
{
    /// <summary>One document requires a parameter, the other does not.</summary>
    public static readonly ProblemKind RequiredDiffers = Warning("ZT0101", "Conflicting requirement",
        "'{0}' is {1} here but {2} at {3}; the OpenAPI document is used");

    /// <summary>A required parameter is only in one document.</summary>
    public static readonly ProblemKind RequiredMissing = Warning("ZT0102", "Missing required parameter",
        "The required parameter '{0}' is missing in this document, but described at {1}; restore it, or update both documents");

    /// <summary>The documents give different values.</summary>
    public static readonly ProblemKind EnumDiffers = Warning("ZT0103", "Conflicting values",
        "The values of '{0}' differ: {1} only here, {2} only at {3}; the OpenAPI document is used");

    /// <summary>The documents give different defaults.</summary>
    public static readonly ProblemKind DefaultDiffers = Warning("ZT0104", "Conflicting defaults",
        "The default of '{0}' is {1} here but {2} at {3}; the OpenAPI document is used");

    /// <summary>The documents give different types.</summary>
    public static readonly ProblemKind TypeDiffers = Warning("ZT0105", "Conflicting types",
        "'{0}' is {1} here but {2} at {3}; the OpenAPI document is used");

    /// <summary>Two documents of one kind describe one endpoint.</summary>
    public static readonly ProblemKind DuplicateDocument = Error("ZT0106", "Duplicate endpoint document",
        "The endpoint '{0}' is described by two documents of the same kind, this one and {1}; remove one of them");

    /// <summary>One file is named twice.</summary>
    public static readonly ProblemKind FileTwice = Error("ZT0107", "Duplicate ZoetropeSpec item",
        "More than one ZoetropeSpec item includes this file, so '{0}' would be generated twice; remove one of them, or leave the file out with Exclude=\"…\"");

    /// <summary>A type is named but nowhere described.</summary>
    public static readonly ProblemKind UndescribedType = Info("ZT0110", "Undescribed type",
        "The type '{0}' is not described, so '{1}' stays raw JSON; the complete OpenAPI document describes it");

    /// <summary>A value that has no C# type.</summary>
    public static readonly ProblemKind RawForm = Info("ZT0111", "Value kept as raw JSON", "'{0}' is {1}, which stays raw JSON");

    /// <summary>A sentence looks like a rule and is not enforced.</summary>
    public static readonly ProblemKind RuleNotEnforced = Info("ZT0112", "Rule not enforced",
        "'{0}' looks like a rule for '{1}', but is not validated before sending: {2}");

    /// <summary>The same where the project asks for strict rules.</summary>
    public static readonly ProblemKind RuleNotEnforcedStrictly = Warning("ZT0139", "Rule not enforced",
        "'{0}' looks like a rule for '{1}', but is not validated before sending: {2}. Rules=\"strict\" of its ZoetropeSpec item reports this as a warning");

    /// <summary>A name that JSON can hold and UTF-8 cannot.</summary>
    public static readonly ProblemKind MalformedName = Warning("ZT0113", "Name that is not Unicode",
        "The name '{0}' contains half of a surrogate pair and cannot be sent; the member is omitted");

    /// <summary>Two endpoints have one C# name.</summary>
    public static readonly ProblemKind NameCollision = Warning("ZT0114", "Endpoint name conflict",
        "The endpoints '{0}' and '{1}' would both be the class {2}; this one is {3} instead. To keep a name, lock it in specs.lock.json");

    /// <summary>A name in the lock file that is not valid in C#.</summary>
    public static readonly ProblemKind BadLockedName = Warning("ZT0115", "Unusable locked name",
        "The locked name '{0}' of '{1}' is not a valid C# identifier, or is taken; it is ignored");

    /// <summary>An endpoint without input.</summary>
    public static readonly ProblemKind NoInput = Warning("ZT0116", "Missing request description",
        "No document of the endpoint '{0}' describes its input; nothing is generated for it; vendor a complete document");

    /// <summary>A union whose alternatives cannot be distinguished.</summary>
    public static readonly ProblemKind AmbiguousUnion = Info("ZT0117", "Indistinguishable alternatives",
        "The alternatives of '{0}' cannot be distinguished by their JSON; the value stays raw JSON, and is read as the alternative that the code asks for");

    /// <summary>A constraint that cannot be validated as the service does.</summary>
    public static readonly ProblemKind LimitNotChecked = Info("ZT0118", "Constraint not enforced",
        "A constraint of '{0}' is not validated before sending: {1}; the service still validates it");

    /// <summary>An endpoint that the queue does not serve.</summary>
    public static readonly ProblemKind NotQueued = Warning("ZT0119", "Not a queue endpoint",
        "'{0}' is called {1} and takes no jobs from a queue, so no model is generated for it; remove the document{2}");

    /// <summary>A catalog entry that names an unknown endpoint.</summary>
    public static readonly ProblemKind CatalogUnknownEndpoint = Warning("ZT0120", "Unknown endpoint in the catalog",
        "The model '{0}' is '{1}' at {2}, but no document describes that endpoint; the route is omitted");

    /// <summary>Something that a provider cannot take.</summary>
    public static readonly ProblemKind ProviderCannotTake = Info("ZT0121", "Option that a provider does not support",
        "'{0}': {1} does not support {2}");

    /// <summary>A name in the catalog that the model or the provider does not have.</summary>
    public static readonly ProblemKind CatalogUnknownMember = Error("ZT0122", "Unknown parameter in the catalog",
        "'{0}': {1} has no {2} '{3}'{4}");

    /// <summary>A conversion that cannot hold every value.</summary>
    public static readonly ProblemKind CatalogLosesValues = Error("ZT0123", "Conversion that cannot hold every value",
        "'{0}': {1} cannot take {2} of '{3}'; narrow the parameter in 'parameters', map these values in 'values', or set \"partial\": true, so that they rule "
            + "out the provider");

    /// <summary>A value in the catalog that the provider, or the parameter, cannot have.</summary>
    public static readonly ProblemKind CatalogBadValue = Error("ZT0124", "Invalid value in the catalog",
        "'{0}': {1} is not a valid value of '{2}'{3}; {4}");

    /// <summary>A member of a provider's request that is filled twice.</summary>
    public static readonly ProblemKind CatalogFilledTwice = Error("ZT0125", "Parameter filled twice",
        "'{0}': '{1}' of {2} is filled by {3} already; remove one of them, or send one somewhere else");

    /// <summary>A required member that nothing fills.</summary>
    public static readonly ProblemKind CatalogNotFilled = Error("ZT0126", "Required parameter that nothing fills",
        "'{0}': {1} requires '{2}', which {3}; {4}");

    /// <summary>A price rule from which no cost can be estimated.</summary>
    public static readonly ProblemKind PriceNotEstimated = Info("ZT0127", "Price rule not estimated",
        "The price rule '{0}' cannot be computed: {1}; where it may apply, the cost of a job is not estimated");

    /// <summary>A price rule about a value that is not documented.</summary>
    public static readonly ProblemKind PriceUnknownValue = Info("ZT0128", "Price rule for an undocumented value",
        "The price rule '{0}' is about '{1}', which is not a documented value of '{2}'; it never applies to documented values");

    /// <summary>Two price rules that can apply to one input.</summary>
    public static readonly ProblemKind PricesOverlap = Info("ZT0129", "Overlapping price rules",
        "The price rules '{0}' and '{1}' can apply to the same input and state different prices; where both do, the estimate is a range");

    /// <summary>A name in the project that is not valid in C#.</summary>
    public static readonly ProblemKind BadApiName = Error("ZT0130", "Invalid class name",
        "'{0}' is not a valid C# identifier; correct the Name of the document's ZoetropeSpec item");

    /// <summary>Two APIs have one C# name.</summary>
    public static readonly ProblemKind ApiNameCollision = Warning("ZT0131", "API name conflict",
        "The API '{0}' and '{1}' would both be the class {2}; this one is {3} instead. To choose another name, set the Name of its ZoetropeSpec item, "
            + "or lock it in specs.lock.json");

    /// <summary>Two operations have one C# name.</summary>
    public static readonly ProblemKind OperationNameCollision = Warning("ZT0132", "Operation name conflict",
        "The operations '{0}' and '{1}' would both be {2}; this one is {3} instead. To choose other names, lock them in specs.lock.json");

    /// <summary>A media type of a body beside the one that is generated.</summary>
    public static readonly ProblemKind BodyFormLeftOut = Info("ZT0133", "Additional request media type",
        "The body of '{0}' is sent as {1}; {2}, which it can be too, is not generated");

    /// <summary>A media type of a response beside the one that is generated.</summary>
    public static readonly ProblemKind ResponseFormLeftOut = Info("ZT0134", "Additional response media type",
        "The response of '{0}' is read as JSON; {1}, which it can be too, is not generated");

    /// <summary>A body that cannot be generated.</summary>
    public static readonly ProblemKind BodyLeftOut = Warning("ZT0135", "Undescribed request body",
        "The body of '{0}' is {1}; the method takes the whole body as an UploadFile");

    /// <summary>An operation that takes its key elsewhere.</summary>
    public static readonly ProblemKind KeyElsewhere = Warning("ZT0136", "Key at another location",
        "'{0}' takes its key as the security scheme '{1}' says, at another location than most operations; call it with a client that sets "
            + "ApiClientOptions.ApiKeyLocation to it");

    /// <summary>A parameter that is the key.</summary>
    public static readonly ProblemKind KeyParameter = Info("ZT0137", "API key as a parameter",
        "The parameter '{0}' is the API key, which the client sends; it is omitted");

    /// <summary>A response that the document does not describe.</summary>
    public static readonly ProblemKind ResponseNotDescribed = Info("ZT0138", "Undescribed response",
        "The document does not describe the response of '{0}'; the method returns it as a StreamingResponse");

    /// <summary>A default that is a file of somebody else.</summary>
    public static readonly ProblemKind SampleDefault = Warning("ZT0140", "Default that is a sample file",
        "The default of '{0}' is the file {1}: where the member is forgotten, a job is run, and paid for, with that file");

    /// <summary>A seed that never changes.</summary>
    public static readonly ProblemKind FixedSeed = Info("ZT0141", "Default seed",
        "The default of '{0}' is {1}: all requests without it have that seed, so equal ones may have equal results");

    /// <summary>A name of an enum's value that another one has.</summary>
    public static readonly ProblemKind ValueNameTaken = Warning("ZT0142", "Value name conflict",
        "The name '{0}' of the value '{1}' gives the same C# name as that of '{2}', so the value is named '{3}'; give each value a name of its own");

    /// <summary>A use of something deprecated, which the compiler reports: this is the id in its attribute.</summary>
    public static readonly ProblemKind DeprecatedUse = Warning("ZT0143", "Deprecated model or member",
        "'{0}' is deprecated by the provider: {1}");

    /// <summary>A model of which only names are left.</summary>
    public static readonly ProblemKind RemovedModel = Warning("ZT0144", "Removed model",
        "No document describes the model '{0}' of {1} any more, so the class {2} is gone; add its document again, use another model, or delete its names here");

    /// <summary>A model of the catalog that a provider serves by something deprecated.</summary>
    public static readonly ProblemKind CatalogDeprecatedEndpoint = Warning("ZT0145", "Deprecated endpoint in the catalog",
        "'{0}' routes to '{1}' of {2}, which is deprecated: {3}");

    /// <summary>The language version is too low.</summary>
    public static readonly ProblemKind LanguageTooOld = Error("ZT0201", "C# 11 or later is needed",
        "The project's C# language version is {0}; the generated code needs 11 or later. Set <LangVersion>latest</LangVersion>");

    /// <summary>The core is not referenced.</summary>
    public static readonly ProblemKind CoreMissing = Error("ZT0202", "Missing reference to Zoetrope",
        "The generated code needs the package Zoetrope; add <PackageReference Include=\"Zoetrope\" />");

    /// <summary>A provider's client is not referenced.</summary>
    public static readonly ProblemKind ClientMissing = Info("ZT0203", "Missing reference to the provider package",
        "The project has documents of {0} but does not reference {1}, so no member on its client is generated");

    /// <summary>An option that cannot be used.</summary>
    public static readonly ProblemKind BadNamespace = Error("ZT0204", "Invalid namespace", "'{0}' is not a valid C# namespace; correct {1}");

    /// <summary>What the project says of rules is none of the modes.</summary>
    public static readonly ProblemKind BadRules = Error("ZT0205", "Invalid mode of rules",
        "'{0}' is not a mode of rules; set Rules of its ZoetropeSpec item to safe, strict or off");

    /// <summary>The generator failed on a document.</summary>
    public static readonly ProblemKind Failure = Error("ZT0299", "Generator failure",
        "The generator failed while it {0} ({1}); the other documents are not affected. Please report it with this document");
}
