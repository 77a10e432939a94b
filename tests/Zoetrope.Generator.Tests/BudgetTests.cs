using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Zoetrope.Generator.Tests;

public class BudgetTests
{
    [Fact]
    public void The_code_is_at_most_four_times_as_long_as_its_documents()
    {
        var generated = new Project(TestFiles.Kling).Run();

        AssertRatio(generated.Source("Demo.Fal.KlingVideoO3ProImageToVideo.g.cs"), TestFiles.FalPage, TestFiles.FalOpenApi);
        AssertRatio(generated.Source("Demo.Eachlabs.KlingO3ProImageToVideo.g.cs"), TestFiles.EachlabsPage);
    }

    [Fact]
    public void A_request_of_twelve_properties_has_at_most_2500_bytes_of_IL()
    {
        var document = Documents.FalOpenApi("fal-ai/twelve", """
            {
              "prompt": {"type": "string", "maxLength": 100}, "image_url": {"type": "string"}, "negative_prompt": {"type": "string"}, "seed": {"type": "integer"},
              "num_images": {"type": "integer", "minimum": 1, "maximum": 4}, "guidance_scale": {"type": "number", "minimum": 0, "maximum": 20}, "sync_mode": {"type": "boolean"},
              "output_format": {"type": "string", "enum": ["jpeg", "png"]}, "aspect_ratio": {"type": "string", "enum": ["1:1", "16:9"]}, "image_urls": {"type": "array", "items": {"type": "string"}},
              "strength": {"type": "number"}, "acceleration": {"type": "string", "enum": ["none", "high"]}
            }
            """, ["prompt"]);
        using var image = new PEReader(new MemoryStream(new Project([document]).Run().Image()));
        var metadata = image.GetMetadataReader();
        var request = metadata.TypeDefinitions.Select(metadata.GetTypeDefinition).Single(type => metadata.GetString(type.Name) == "Request");
        var size = request.GetMethods().Select(handle => metadata.GetMethodDefinition(handle).RelativeVirtualAddress).Where(address => address != 0)
            .Sum(address => image.GetMethodBody(address).GetILReader().Length);

        Assert.InRange(size, 500, 2500);
    }

    /// <summary>
    /// What the generator costs a build, against what it cost when these figures were last written down: what became less must be written down too. None of
    /// them is a time.
    /// </summary>
    [Theory]
    [InlineData("characters", 68_917, 2)]
    [InlineData("bytes of IL", 8_140, 2)]
    [InlineData("bytes allocated", 1_183_432, 10)]
    public void The_cost_of_a_build_is_the_one_written_down(string unit, long baseline, int percent)
    {
        var project = new Project(TestFiles.Kling);
        var cost = unit switch
        {
            "characters" => project.Run().Sources.Values.Sum(source => (long)source.Length),
            "bytes of IL" => CodeSize(project.Run().Image()),
            _ => AllocatedBytes(project),
        };

        Assert.InRange(cost, baseline * (100 - percent) / 100, baseline * (100 + percent) / 100);
    }

    private static long CodeSize(byte[] assembly)
    {
        using var image = new PEReader(new MemoryStream(assembly));
        var metadata = image.GetMetadataReader();
        return metadata.MethodDefinitions.Select(handle => metadata.GetMethodDefinition(handle).RelativeVirtualAddress).Where(address => address != 0)
            .Sum(address => (long)image.GetMethodBody(address).GetILReader().Length);
    }

    /// <summary>The least of several runs, all on this thread: what is made once in a process is made in the first.</summary>
    private static long AllocatedBytes(Project project) => Enumerable.Range(0, 5).Min(_ =>
    {
        var driver = project.Driver(trackSteps: false);
        var before = GC.GetAllocatedBytesForCurrentThread();
        driver.RunGenerators(project.Compilation, TestContext.Current.CancellationToken);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    });

    private static void AssertRatio(string source, params Spec[] specs) =>
        Assert.InRange((double)System.Text.Encoding.UTF8.GetByteCount(source) / specs.Sum(spec => System.Text.Encoding.UTF8.GetByteCount(spec.Text)), 0.5, 4);
}
