namespace Zoetrope.Cli.Vendoring.Sources;

/// <summary>A document as a source has it.</summary>
/// <param name="Name">What problems of it are reported at: its path or its address.</param>
/// <param name="Content">Its bytes.</param>
internal sealed record SourceDocument(string Name, byte[] Content)
{
    /// <summary>Its address; null for a file.</summary>
    public Uri? Url { get; init; }

    /// <summary>What its server sent with it; null for a file.</summary>
    public Validators? Validators { get; init; }

    /// <summary>The model that it must be of; null where that is not known.</summary>
    public ModelId? Model { get; init; }
}
