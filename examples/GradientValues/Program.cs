using Nabla;

Tensor x = -2, y = 5, z = -4;
Tensor f = (x + y) * z;

Gradients gradients = f.Backward();
Console.WriteLine($"f = {f.Item()}, df/dx = {gradients[x].Item()}, df/dy = {gradients[y].Item()}, df/dz = {gradients[z].Item()}");

Gradients again = f.Backward(differentiable: true);          // gradients with a graph of their own
Console.WriteLine($"d/dx of df/dz = {again[z].Backward()[x].Item()}");
