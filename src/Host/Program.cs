Console.WriteLine("portico");
