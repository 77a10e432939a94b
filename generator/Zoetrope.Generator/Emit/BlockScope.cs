namespace Zoetrope.Generator.Emit;

/// <summary>A block of a <see cref="SourceWriter"/> that ends when this is disposed.</summary>
/// <param name="Writer">The writer.</param>
/// <param name="Last">The line that ends the block, or null where only its indentation ends.</param>
internal readonly record struct BlockScope(SourceWriter Writer, string? Last) : IDisposable
{
    /// <summary>Ends the block.</summary>
    public void Dispose() => Writer.EndBlock(Last);
}
