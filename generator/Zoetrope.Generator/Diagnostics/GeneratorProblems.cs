using Zoetrope.Specs.Diagnostics;

namespace Zoetrope.Generator.Diagnostics;

/// <summary>
/// The kinds of problem that merging, binding and emitting report. Ids are stable: ZT01xx tells of merging and binding, ZT02xx of options and
/// emitting; ZT00xx are the readers' (<see cref="Problems"/>).
/// </summary>
public static class GeneratorProblems
{
    /// <summary>One document requires a parameter, the other does not.</summary>
    public static readonly ProblemKind RequiredDiffers = Warning("ZT0101", "Required differs",
        "'{0}' is {1} here but {2} at {3}; the OpenAPI document counts");

    /// <summary>A required parameter is only in one document.</summary>
    public static readonly ProblemKind RequiredMissing = Warning("ZT0102", "Required parameter missing",
        "The required parameter '{0}' is not in this document, although it is at {1}; restore it, or update both documents");

    /// <summary>The documents give different values.</summary>
    public static readonly ProblemKind EnumDiffers = Warning("ZT0103", "Values differ",
        "The values of '{0}' differ: {1} only here, {2} only at {3}; the OpenAPI document counts");

    /// <summary>The documents give different defaults.</summary>
    public static readonly ProblemKind DefaultDiffers = Warning("ZT0104", "Default differs",
        "The default of '{0}' is {1} here but {2} at {3}; the OpenAPI document counts");

    /// <summary>The documents give different types.</summary>
    public static readonly ProblemKind TypeDiffers = Warning("ZT0105", "Type differs",
        "'{0}' is {1} here but {2} at {3}; the OpenAPI document counts");

    /// <summary>Two documents of one kind describe one endpoint.</summary>
    public static readonly ProblemKind DuplicateDocument = Error("ZT0106", "Endpoint described twice",
        "The endpoint '{0}' is described by two documents of the same kind, this one and {1}; remove one of them");

    /// <summary>One file is named twice.</summary>
    public static readonly ProblemKind FileTwice = Error("ZT0107", "File named twice",
        "This file is named by more than one ZoetropeSpec item, so that '{0}' would be generated twice; remove one of them, or leave the file out with Exclude=\"…\"");

    /// <summary>A type is named but nowhere described.</summary>
    public static readonly ProblemKind UndescribedType = Info("ZT0110", "Type not described",
        "The type '{0}' is named but not described; '{1}' stays raw JSON. The complete OpenAPI document describes it");

    /// <summary>A form that has no C# form.</summary>
    public static readonly ProblemKind RawForm = Info("ZT0111", "Kept as raw JSON", "'{0}' is {1}, which stays raw JSON");

    /// <summary>A rule names a parameter that there is not.</summary>
    public static readonly ProblemKind RuleUnknownParameter = Info("ZT0112", "Rule not enforced",
        "The rule '{0}' is not enforced: the endpoint has no parameter '{1}'");

    /// <summary>A name that JSON can hold and UTF-8 cannot.</summary>
    public static readonly ProblemKind MalformedName = Warning("ZT0113", "Name is not Unicode",
        "The name '{0}' holds half of a surrogate pair and cannot be sent; the member is left out");

    /// <summary>Two endpoints have one C# name.</summary>
    public static readonly ProblemKind NameCollision = Warning("ZT0114", "Two endpoints, one name",
        "The endpoints '{0}' and '{1}' would both be the class {2}; this one is {3} instead. Lock a name in specs.lock.json, and that endpoint keeps it");

    /// <summary>A name in the lock file that cannot stand in C#.</summary>
    public static readonly ProblemKind BadLockedName = Warning("ZT0115", "Locked name unusable",
        "The name '{0}' for '{1}' is no C# identifier, or is taken; it is ignored");

    /// <summary>An endpoint without input.</summary>
    public static readonly ProblemKind NoInput = Warning("ZT0116", "No input described",
        "No document of the endpoint '{0}' describes its input; nothing is generated for it. Is the document complete?");

    /// <summary>A union whose alternatives JSON does not tell apart.</summary>
    public static readonly ProblemKind AmbiguousUnion = Info("ZT0117", "Alternatives look alike",
        "The JSON of '{0}' does not tell which alternative it is; it is kept as it came, and read as the one that the code asks for");

    /// <summary>A limit that cannot be checked as the service does.</summary>
    public static readonly ProblemKind LimitNotChecked = Info("ZT0118", "Limit not checked",
        "'{0}' is not checked before sending for one limit: {1}; the service still checks it");

    /// <summary>An endpoint that the queue does not serve.</summary>
    public static readonly ProblemKind NotQueued = Warning("ZT0119", "Not a queue endpoint",
        "'{0}' is called {1} and takes no jobs from a queue, so no model is generated for it; remove the document{2}");

    /// <summary>A catalog entry that names an unknown endpoint.</summary>
    public static readonly ProblemKind CatalogUnknownEndpoint = Warning("ZT0120", "Endpoint of the catalog not found",
        "The model '{0}' is '{1}' at {2}, but no document describes that endpoint; the route is left out");

    /// <summary>Something that a provider cannot take.</summary>
    public static readonly ProblemKind ProviderCannotTake = Info("ZT0121", "Provider takes less",
        "'{0}': {1} does not take {2}");

    /// <summary>A name in the project that cannot stand in C#.</summary>
    public static readonly ProblemKind BadApiName = Error("ZT0130", "Not a class name", "'{0}' is no C# identifier; set the Name of the document's ZoetropeSpec item to one");

    /// <summary>Two APIs have one C# name.</summary>
    public static readonly ProblemKind ApiNameCollision = Warning("ZT0131", "Two APIs, one name",
        "The API '{0}' and '{1}' would both be the class {2}; this one is {3} instead. Set the Name of its ZoetropeSpec item, or lock it in specs.lock.json, to choose a better one");

    /// <summary>Two operations have one C# name.</summary>
    public static readonly ProblemKind OperationNameCollision = Warning("ZT0132", "Two operations, one name",
        "The operations '{0}' and '{1}' would both be {2}; this one is {3} instead. Lock the names in specs.lock.json to choose better ones");

    /// <summary>A form of a body that is offered beside the one that is generated.</summary>
    public static readonly ProblemKind BodyFormLeftOut = Info("ZT0133", "Other form of body", "The body of '{0}' is sent as {1}; that it can be {2} too is not generated");

    /// <summary>A form of an answer that is offered beside the one that is generated.</summary>
    public static readonly ProblemKind AnswerFormLeftOut = Info("ZT0134", "Other form of answer", "The answer of '{0}' is read as JSON; that it can be {1} too is not generated");

    /// <summary>A body that cannot be generated.</summary>
    public static readonly ProblemKind BodyLeftOut = Warning("ZT0135", "Body left out", "The body of '{0}' is {1}; the method takes it as a whole, as an UploadFile");

    /// <summary>An operation whose key goes elsewhere.</summary>
    public static readonly ProblemKind KeyElsewhere = Warning("ZT0136", "Key at another place",
        "'{0}' takes its key as '{1}' says, at another place than most operations; call it with a client whose ApiClientOptions.ApiKeyLocation is that one");

    /// <summary>A parameter that is the key.</summary>
    public static readonly ProblemKind KeyParameter = Info("ZT0137", "Parameter is the key", "The parameter '{0}' is the key, which the client sends; it is left out");

    /// <summary>A response that the document does not describe.</summary>
    public static readonly ProblemKind AnswerNotDescribed = Info("ZT0138", "Response not described",
        "The document does not say what '{0}' answers with; the method gives it as it comes, as a StreamingResponse");

    /// <summary>The language version is too low.</summary>
    public static readonly ProblemKind LanguageTooOld = Error("ZT0201", "C# 11 or later is needed",
        "The project's C# language version is {0}; the generated code needs 11 or later. Set <LangVersion>latest</LangVersion>");

    /// <summary>The core is not referenced.</summary>
    public static readonly ProblemKind CoreMissing = Error("ZT0202", "Zoetrope is not referenced",
        "The generated code needs the package Zoetrope; add <PackageReference Include=\"Zoetrope\" />");

    /// <summary>A provider's client is not referenced.</summary>
    public static readonly ProblemKind ClientMissing = Info("ZT0203", "Provider package is not referenced",
        "The project has documents of {0} but does not reference {1}, so no member on its client is generated");

    /// <summary>An option that cannot be used.</summary>
    public static readonly ProblemKind BadNamespace = Error("ZT0204", "Not a namespace", "'{0}' is no C# namespace; set {1} to one");

    /// <summary>The generator failed on a document.</summary>
    public static readonly ProblemKind Failure = Error("ZT0299", "Generator failure",
        "The generator failed while it {0} ({1}); the other documents are not affected. Please report it with this document");

    private static ProblemKind Error(string id, string title, string message) => new(id, title, message, ProblemSeverity.Error);

    private static ProblemKind Warning(string id, string title, string message) => new(id, title, message, ProblemSeverity.Warning);

    private static ProblemKind Info(string id, string title, string message) => new(id, title, message, ProblemSeverity.Info);
}
