using Spectre.Console.Rendering;

namespace Zoetrope.Cli.Output;

/// <summary>A line that is not broken at the terminal's edge, so that a handle can be copied from it.</summary>
internal sealed class UnbrokenLine(string text) : Renderable
{
    /// <inheritdoc/>
    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth) => [new Segment(text), Segment.LineBreak];
}
