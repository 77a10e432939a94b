System.Console.WriteLine(AllModels.Models.ModelIndex.All.Count);
