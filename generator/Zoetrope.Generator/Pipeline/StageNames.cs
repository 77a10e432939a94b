namespace Zoetrope.Generator.Pipeline;

/// <summary>The tracking names of the pipeline's stages.</summary>
public static class StageNames
{
    /// <summary>What is wrong with the project around the documents.</summary>
    public const string Project = "Project";

    /// <summary>Models that only the lock file has.</summary>
    public const string Removed = "Removed";

    /// <summary>One item a file: its text and what the project says about it.</summary>
    public const string Files = "Files";

    /// <summary>The project's options.</summary>
    public const string Options = "Options";

    /// <summary>What of the compilation decides how code is emitted.</summary>
    public const string EmitOptions = "EmitOptions";

    /// <summary>One item a file: what it says and what is wrong with it.</summary>
    public const string Read = "Read";

    /// <summary>One item a file: what it says, without positions.</summary>
    public const string Documents = "Documents";

    /// <summary>One item an endpoint: its documents.</summary>
    public const string Group = "Group";

    /// <summary>One item an endpoint: its documents as one.</summary>
    public const string Merge = "Merge";

    /// <summary>One item an endpoint: names and types.</summary>
    public const string Bind = "Bind";

    /// <summary>One item an endpoint: its C#.</summary>
    public const string Emit = "Emit";

    /// <summary>One item a whole API: its document, with the names that it has.</summary>
    public const string ApiGroup = "ApiGroup";

    /// <summary>One item a whole API: names and types.</summary>
    public const string ApiBind = "ApiBind";

    /// <summary>One item a file of a whole API: the client, the shared types, each operation.</summary>
    public const string ApiUnits = "ApiUnits";

    /// <summary>One item a file of a whole API: its C#.</summary>
    public const string ApiEmit = "ApiEmit";

    /// <summary>One item a declared provider: its declaration with the documents that it names.</summary>
    public const string JobsCollect = "JobsCollect";

    /// <summary>One item a declared provider: its protocol and models.</summary>
    public const string JobsDeclare = "JobsDeclare";

    /// <summary>One item a declared provider: the C# of its client.</summary>
    public const string JobsEmit = "JobsEmit";

    /// <summary>One item a model of the catalog: its endpoints.</summary>
    public const string NeutralGroup = "NeutralGroup";

    /// <summary>One item a model of the catalog: names and types.</summary>
    public const string NeutralBind = "NeutralBind";

    /// <summary>One item a model of the catalog: its C#.</summary>
    public const string NeutralEmit = "NeutralEmit";

    /// <summary>The types that generated code calls and referenced assemblies have.</summary>
    public const string CalledTypes = "CalledTypes";

    /// <summary>The project's own models that referenced assemblies have too.</summary>
    public const string SharedModels = "SharedModels";

    /// <summary>The same, and whether code can name them.</summary>
    public const string OwnModels = "OwnModels";

    /// <summary>What makes them win.</summary>
    public const string OwnModelsFile = "OwnModelsFile";

    /// <summary>One item a namespace: the listing of its models.</summary>
    public const string Index = "Index";

    /// <summary>One item a namespace of which nothing could be generated.</summary>
    public const string Namespaces = "Namespaces";

    /// <summary>Problems with their positions.</summary>
    public const string Locate = "Locate";
}
