namespace Zoetrope.Generator.Tests;

public class SnapshotTests
{
    [Theory]
    [InlineData("Demo.Fal.KlingVideoO3ProImageToVideo.g.cs")]
    [InlineData("Demo.Eachlabs.KlingO3ProImageToVideo.g.cs")]
    [InlineData("Demo.Models.Neutral.KlingO3ProImageToVideo.g.cs")]
    [InlineData("Demo.Fal.ModelIndex.g.cs")]
    [InlineData("Demo.Models.Neutral.NeutralIndex.g.cs")]
    [InlineData("Demo.Models._OwnModels.g.cs")]
    public void The_vendored_documents_give_this_code(string hintName)
    {
        var generated = new Project(TestFiles.Kling).Run();

        TestFiles.AssertSnapshot(hintName[..^3] + ".cs.txt", generated.Source(hintName));
    }

    [Fact]
    public void Nothing_else_is_generated() => Assert.Equal(7, new Project(TestFiles.Kling).Run().Sources.Count);

    [Fact]
    public void The_code_compiles_without_a_warning() => Assert.NotEmpty(new Project(TestFiles.Kling).Run().Image());
}
