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

    private static void AssertRatio(string source, params Spec[] specs) =>
        Assert.InRange((double)System.Text.Encoding.UTF8.GetByteCount(source) / specs.Sum(spec => System.Text.Encoding.UTF8.GetByteCount(spec.Text)), 0.5, 4);
}
