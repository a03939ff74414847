using Nabla;

Console.OutputEncoding = System.Text.Encoding.UTF8;
Tensor x = -2, y = 5, z = -4;
Tensor q = x.Named("x") + y.Named("y");
Tensor f = q.Named("q") * z.Named("z");

Console.Write(f.Named("f").Explain());         // forward and backward, in words
f.SaveGraph("graph.html");                     // a page that plays it; .svg, .json, .dot and .mmd are known as well
if (args.Contains("show")) Studio.Show(f);     // in the studio, where the layers of a network are boxes that open
